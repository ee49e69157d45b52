"""An SQS queue, FIFO or standard.

Order, and groups that wait while one of their messages is in flight:
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
Deduplication ids, remembered for five minutes also after the message was deleted, and sequence numbers:
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-key-terms.html
Dead letters, by receive count: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/
sqs-dead-letter-queues.html; and back: sqs-configure-dead-letter-queue-redrive.html
Standard queues, in any order and at least once: standard-queues.html, in the same place.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from tests.simulation.world.clock import Clock
from tests.simulation.world.dice import Dice

DEDUPLICATION_SECONDS = 300.0
WINDOW = 120_000
"""Messages of a FIFO queue among which groups are looked for:
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
"""
RETENTION_SECONDS = 14 * 86_400.0
LEAST_SEQUENCE = 18_849_496_460_467_696_128
"""A number of 20 digits, as SQS gives them."""
DUPLICATE_RATE = 0.05
"""How often a standard queue keeps a copy of a message that was received. AWS gives no figure: "rare"."""


class ExpiredReceipt(Exception):
    """The message has been visible again since it was received, and a FIFO queue deletes nothing by that receipt."""


@dataclass
class Message:
    """One message; `visible_at` lies ahead while it is in flight. Times are seconds since 1970."""

    id: str
    body: str
    sent_at: float
    group: str = ""
    deduplication_id: str = ""
    sequence: int = 0
    attributes: Mapping[str, Any] = field(default_factory=dict[str, Any])
    receives: int = 0
    first_received_at: float = 0.0
    visible_at: float = 0.0
    receipt: str = ""
    place: int = 0


@dataclass
class Queue:
    """A queue. `visibility` is its timeout in seconds; what was received too often goes to `dead_letters`."""

    name: str
    arn: str
    url: str
    clock: Clock
    dice: Dice
    fifo: bool = True
    visibility: float = 30.0
    dead_letters: "Queue | None" = None
    max_receives: int = 0
    window: int = WINDOW
    uncounted: float = 0.0
    """How often a receive after the first is not counted: the count is called approximate."""
    messages: list[Message] = field(default_factory=list[Message])
    _known: dict[tuple[str, str], Message] = field(default_factory=dict[tuple[str, str], Message])
    _sequences: dict[str, int] = field(default_factory=dict[str, int])
    _places: int = 0

    def send(
        self, body: str, group: str = "", deduplication_id: str = "", attributes: Mapping[str, Any] | None = None
    ) -> Message:
        """Keep a message; of a duplicate, keep nothing, and give the first.

        Deduplication is by group (`DeduplicationScope: messageGroup`), as for every FIFO queue of the template.
        """
        known = self._known.get((group, deduplication_id))
        if self.fifo and known and self.clock.now - known.sent_at < DEDUPLICATION_SECONDS:
            return known
        message_id = self.dice.uuid("message id")
        return self._add(
            Message(message_id, body, self.clock.now, group, deduplication_id, attributes=attributes or {})
        )

    def receive(self, limit: int = 10, visibility: float | None = None) -> list[Message]:
        """Take at most so many messages out of sight; one that was received too often becomes a dead letter."""
        self._forget_old()
        received: list[Message] = []
        for message in self._deliverable():
            if len(received) == limit:
                break
            if self.dead_letters and message.receives >= self.max_receives:
                self.messages.remove(message)
                self.dead_letters.take_over(message)
            else:
                received.append(self._receive(message, self.visibility if visibility is None else visibility))
        return received

    def delete(self, receipt: str) -> None:
        """Delete a message by its latest receipt; do nothing where it is gone already. Raises ExpiredReceipt."""
        message = self._by_receipt(receipt)
        if message is None:
            return
        if self.fifo and message.visible_at <= self.clock.now:
            raise ExpiredReceipt
        self.messages.remove(message)

    def change_visibility(self, receipt: str, seconds: float) -> None:
        """Have a message that is in flight be visible again in so many seconds. Raises ExpiredReceipt."""
        message = self._by_receipt(receipt)
        if message is None or message.visible_at <= self.clock.now:
            raise ExpiredReceipt
        message.visible_at = self.clock.now + seconds

    def take_over(self, message: Message) -> None:
        """Keep another queue's message as a dead letter: its own id, but a number of this queue.

        In a FIFO queue its deduplication id is its message id now, and its retention starts anew.
        """
        sent_at = self.clock.now if self.fifo else message.sent_at
        letter = Message(message.id, message.body, sent_at, message.group, message.id, attributes=message.attributes)
        self._add(letter)

    def redrive_to(self, target: "Queue") -> int:
        """Move what is visible here to another queue, oldest first, each as a new message (StartMessageMoveTask)."""
        moved = self.receive(len(self.messages))
        for message in moved:
            self.messages.remove(message)
            message_id = target.dice.uuid("message id")
            target._add(  # noqa: SLF001 - a queue too
                Message(
                    message_id, message.body, target.clock.now, message.group, message_id, attributes=message.attributes
                )
            )
        return len(moved)

    def counts(self) -> tuple[int, int]:
        """Return how many messages are visible, and how many are in flight; SQS calls both approximate."""
        in_flight = sum(message.visible_at > self.clock.now for message in self.messages)
        return len(self.messages) - in_flight, in_flight

    def purge(self) -> None:
        """Delete every message. Deduplication ids stay known."""
        self.messages.clear()

    def next_change(self) -> float | None:
        """Return when the next message in flight becomes visible again; None if there is none."""
        ahead = (message.visible_at for message in self.messages if message.visible_at > self.clock.now)
        return min(ahead, default=None)

    def _add(self, message: Message) -> Message:
        self._places += 1
        message.place = self._places
        if self.fifo:
            message.sequence = self._next_sequence(message.group)
            self._known[message.group, message.deduplication_id] = message
        self.messages.append(message)
        return message

    def _next_sequence(self, group: str) -> int:
        """Number a message. Numbers grow within a group, not one by one; of different groups, they tell nothing."""
        last = self._sequences.get(group) or LEAST_SEQUENCE + self.dice.bits("first sequence number", 40)
        self._sequences[group] = last + 1 + self.dice.bits("step of sequence number", 10)
        return self._sequences[group]

    def _deliverable(self) -> Iterator[Message]:
        looked_at = islice(self.messages, self.window) if self.fifo else self.messages
        visible = [message for message in looked_at if message.visible_at <= self.clock.now]
        if not self.fifo:
            yield from self.dice.shuffled("order of a standard queue", visible)
            return
        waiting = {message.group for message in self.messages if message.visible_at > self.clock.now}
        groups: defaultdict[str, list[Message]] = defaultdict(list)
        for message in visible:
            if message.group not in waiting:
                groups[message.group].append(message)
        for group in self.dice.shuffled("order of groups", list(groups)):
            yield from groups[group]

    def _receive(self, message: Message, visibility: float) -> Message:
        if not (message.receives and self.dice.chance("a receive is not counted", self.uncounted)):
            message.receives += 1
        message.first_received_at = message.first_received_at or self.clock.now
        message.visible_at = self.clock.now + visibility
        message.receipt = self.dice.uuid("receipt")
        if not self.fifo and self.dice.chance("duplicate in a standard queue", DUPLICATE_RATE):
            self._add(Message(message.id, message.body, message.sent_at, attributes=message.attributes))
        return message

    def _by_receipt(self, receipt: str) -> Message | None:
        return next((message for message in self.messages if message.receipt == receipt), None)

    def _forget_old(self) -> None:
        oldest = self.clock.now - RETENTION_SECONDS
        self.messages = [message for message in self.messages if message.sent_at > oldest]
