"""How many commands may wait: one resource that is stuck, or a queue that is full, must not stop everybody else.

SQS looks for message groups that can be delivered among the first 120,000 messages of a FIFO queue
(https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html). If those of stuck
resources fill that, nothing of any other is delivered. So no more is accepted for a stuck one once the queue is long.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

LONG = 20_000
"""Messages from which on nothing more is accepted for what is stuck."""

FULL = 80_000
"""Messages from which on nothing more is accepted at all."""

STUCK_AFTER = timedelta(minutes=1)
"""How long the first message of a resource has waited when the resource counts as stuck."""

_SAMPLE_BITS = 7
"""The queue's length is asked for one request in 128, and for every one while the queue is long."""


class Stuck(Protocol):
    """The resources whose first command keeps failing, noted by the command handler."""

    def note(self, aggregate_id: str, until: datetime) -> None:
        """Keep that a resource is stuck, until a time by which the next failure would have been noted."""
        ...

    def has(self, aggregate_id: str) -> bool:
        """Return whether a resource is stuck."""
        ...


class QueueLength(Protocol):
    """The commands queue, seen from outside."""

    def length(self) -> int:
        """Return about how many messages there are, in flight or not."""
        ...


@dataclass
class Backlog:
    """Decides whether a command may join the queue. `warn` is called, while a fault is handled, with what is left out.

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
        except Exception:  # noqa: BLE001 - logged; that the length is unknown is no reason to refuse
            self.warn("a command is accepted without knowing how many wait")
            return True
