"""One subscriber's queue, written to as the topic would with raw delivery; and a limit to how fast."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import TYPE_CHECKING

from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.application.publishing import Confirmed, Failed, Receipt, Rejected, Topic
from trigger_pattern.aws.messaging.event_message import EventMessage, event_message
from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient
    from mypy_boto3_sqs.type_defs import MessageAttributeValueTypeDef, SendMessageBatchRequestEntryTypeDef

_NEVER_TAKEN = frozenset({"InvalidMessageContents", "InvalidParameterValue"})


@dataclass(frozen=True)
class SqsEventQueue:
    """Implements the port `Topic` with a queue, FIFO or standard, for the events of a replay."""

    resource: AnyResource
    client: "SQSClient"
    url: str
    source: str
    replay: str

    def publish(self, batch: Sequence[PublishedEvent]) -> Sequence[Receipt]:
        """Send with one SendMessageBatch; a fault of the whole call is raised as botocore gives it."""
        entries = [self._entry(str(number), published) for number, published in enumerate(batch)]
        answer = self.client.send_message_batch(QueueUrl=self.url, Entries=entries)
        receipts: dict[str, Receipt] = {entry["Id"]: Confirmed() for entry in answer.get("Successful", [])}
        for entry in answer.get("Failed", []):
            reason = f"{entry['Code']}: {entry.get('Message', '')}"
            receipts[entry["Id"]] = Rejected(reason) if entry["Code"] in _NEVER_TAKEN else Failed(reason)
        return [receipts.get(entry["Id"], Failed("not confirmed")) for entry in entries]

    def _entry(self, entry_id: str, published: PublishedEvent) -> "SendMessageBatchRequestEntryTypeDef":
        message = event_message(self.resource, published, self.source, self.replay)
        entry: SendMessageBatchRequestEntryTypeDef = {
            "Id": entry_id,
            "MessageBody": message.body,
            "MessageAttributes": _as_sqs_has_them(message),
        }
        if self.url.endswith(".fifo"):
            entry["MessageGroupId"] = message.group
            entry["MessageDeduplicationId"] = message.deduplication_id
        return entry


def _as_sqs_has_them(message: EventMessage) -> "dict[str, MessageAttributeValueTypeDef]":
    return {
        name: {"DataType": attribute["DataType"], "StringValue": attribute.get("StringValue", "")}
        for name, attribute in message.attributes.items()
    }


class Nowhere:
    """Implements the port `Topic` for a dry run: confirms everything, and sends nothing."""

    def publish(self, batch: Sequence[PublishedEvent]) -> Sequence[Receipt]:
        """Confirm."""
        return [Confirmed()] * len(batch)


class Stopped(Exception):
    """The work was told to stop while it waited for its turn."""


@dataclass
class Pace:
    """Lets through at most `rate` a second in all threads together, evenly, until `stop` is set."""

    rate: float
    stop: Event
    clock: Callable[[], float] = time.monotonic
    _free: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def take(self, count: int) -> None:
        """Wait for the turn of `count`. Raises Stopped."""
        with self._lock:
            now = self.clock()
            turn = max(self._free, now)
            self._free = turn + count / self.rate
        if self.stop.wait(turn - now):
            raise Stopped


@dataclass(frozen=True)
class PacedTopic:
    """A topic that is published to at a pace."""

    topic: Topic
    pace: Pace

    def publish(self, batch: Sequence[PublishedEvent]) -> Sequence[Receipt]:
        """Publish when it is the batch's turn. Raises Stopped."""
        self.pace.take(len(batch))
        return self.topic.publish(batch)


@dataclass(frozen=True)
class CountedTopic:
    """A topic of which `sent` hears how many events it confirmed, from any thread."""

    topic: Topic
    sent: Callable[[int], None]

    def publish(self, batch: Sequence[PublishedEvent]) -> Sequence[Receipt]:
        """Publish, and tell."""
        receipts = self.topic.publish(batch)
        self.sent(sum(isinstance(receipt, Confirmed) for receipt in receipts))
        return receipts
