"""An SNS FIFO topic, with queues subscribed by raw delivery.

Order by group to every queue: https://docs.aws.amazon.com/sns/latest/dg/fifo-message-grouping.html
Deduplication, for five minutes and, by `FifoThroughputScope: MessageGroup`, by group: fifo-message-dedup.html there.
Entries of a batch fail each by itself: https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.world.clock import Clock
from tests.simulation.world.dice import Dice
from tests.simulation.world.queue import DEDUPLICATION_SECONDS, Queue


@dataclass(frozen=True)
class Published:
    """A message as the topic took it."""

    id: str
    body: str
    group: str
    deduplication_id: str
    attributes: Mapping[str, Any]
    at: float


@dataclass
class Topic:
    """A topic. `failing_entries` is how often one entry of a batch is not taken, `late` how often delivery waits.

    What waits is delivered by `deliver`, or with the next message; of a group, and of all, in order.
    """

    arn: str
    clock: Clock
    dice: Dice
    queues: list[Queue] = field(default_factory=list[Queue])
    failing_entries: float = 0.0
    late: float = 0.0
    waiting: list[Published] = field(default_factory=list[Published])
    _known: dict[tuple[str, str], Published] = field(default_factory=dict[tuple[str, str], Published])
    _sequence: int = 10_000_000_000_000_000_000

    def publish_batch(self, entries: list[Mapping[str, Any]]) -> dict[str, Any]:
        """Take entries, each for itself; what was published before, within five minutes, is taken and not delivered."""
        answer: dict[str, Any] = {"Successful": [], "Failed": []}
        for entry in entries:
            if not {"MessageGroupId", "MessageDeduplicationId"} <= entry.keys():
                answer["Failed"].append(_failure(entry["Id"], "InvalidParameter", sender=True))
            elif self.dice.chance("entry not taken by PublishBatch", self.failing_entries):
                code, sender = self.dice.pick("code of an entry", [("InternalError", False), ("Throttling", True)])
                answer["Failed"].append(_failure(entry["Id"], code, sender=sender))
            else:
                answer["Successful"].append(self._taken(entry))
        if not self.dice.chance("late delivery by SNS", self.late):
            self.deliver()
        return answer

    def deliver(self) -> None:
        """Deliver what waits to every queue."""
        while self.waiting:
            message = self.waiting.pop(0)
            for queue in self.queues:
                queue.send(message.body, message.group, message.deduplication_id, message.attributes)

    def _taken(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        group, deduplication_id = entry["MessageGroupId"], entry["MessageDeduplicationId"]
        known = self._known.get((group, deduplication_id))
        if known is None or self.clock.now - known.at >= DEDUPLICATION_SECONDS:
            message_id, attributes = self.dice.uuid("message id"), entry.get("MessageAttributes", {})
            known = Published(message_id, entry["Message"], group, deduplication_id, attributes, self.clock.now)
            self._known[group, deduplication_id] = known
            self.waiting.append(known)
        self._sequence += 1
        return {"Id": entry["Id"], "MessageId": known.id, "SequenceNumber": str(self._sequence)}


def _failure(entry_id: str, code: str, *, sender: bool) -> dict[str, Any]:
    return {"Id": entry_id, "Code": code, "Message": "Simulated.", "SenderFault": sender}
