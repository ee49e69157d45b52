"""Limits on waiting commands, so that a stuck resource or a full queue does not stop all others.

SQS looks for deliverable message groups among the first 120,000 messages of a FIFO queue
(https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html). If messages of stuck
resources fill that range, no other message is delivered. So a long queue accepts nothing more for a stuck resource.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

LONG = 20_000
"""From so many messages on, nothing more is accepted for a stuck resource."""

FULL = 80_000
"""From so many messages on, nothing more is accepted at all."""

STUCK_AFTER = timedelta(minutes=1)
"""A resource is stuck once its first message has waited so long."""

_SAMPLE_BITS = 7
"""The queue's length is read for one request in 128, and for each request while the queue is long."""


class Stuck(Protocol):
    """The resources whose first command keeps failing, noted by the command handler."""

    def note(self, aggregate_id: str, until: datetime) -> None:
        """Note that a resource is stuck, until a time by which its next failure would be noted again."""
        ...

    def has(self, aggregate_id: str) -> bool:
        """Return whether a resource is stuck."""
        ...


class QueueLength(Protocol):
    """Measures the commands queue."""

    def length(self) -> int:
        """Return about how many messages there are, in flight or not."""
        ...


@dataclass
class Backlog:
    """Decides whether a command may join the queue. `warn` is called when a fault makes it skip a check.

    `last` is the queue's length when this instance last asked.
    """

    queue: QueueLength
    stuck: Stuck
    random_bits: Callable[[int], int]
    warn: Callable[[str], object]
    last: int = 0

    def has_room(self, aggregate_id: str) -> bool:
        """Return whether a command for a resource may be sent; True if that cannot be found out."""
        try:
            if self.last >= LONG or self.random_bits(_SAMPLE_BITS) == 0:
                self.last = self.queue.length()
            if self.last < LONG:
                return True
            return self.last < FULL and not self.stuck.has(aggregate_id)
        except Exception:  # noqa: BLE001 - logged; an unknown length is no reason to refuse
            self.warn("a command was accepted without reading the queue's length")
            return True
