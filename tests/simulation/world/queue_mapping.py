"""Lambda's poller of a queue: takes batches, hands them to the function, deletes what it dealt with.

https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html, services-sqs-errorhandling.html (partial batch responses,
and what counts as one) and services-sqs-scaling.html, in the same place.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import md5
from typing import Any

from tests.simulation.world.dice import Dice
from tests.simulation.world.queue import ExpiredReceipt, Message, Queue
from tests.support.aws import REGION

SENDER = "AROAEXAMPLEEXAMPLE:cars-prod-CommandApi"


@dataclass(frozen=True)
class Delivery:
    """A batch on its way: the event for the function, and what of the queue it holds."""

    event: dict[str, Any]
    taken: tuple[tuple[str, str], ...]
    """Of each message, its id and its receipt."""


@dataclass
class QueueMapping:
    """An event source mapping. Several deliveries may be under way, never two with messages of one group.

    `lost_deletes` is how often the poller's own DeleteMessage comes to nothing, though the function succeeded: "Lambda
    processes each event at least once, and duplicate processing of records can occur". `small_batches` is how often a
    batch holds fewer messages than there are.
    """

    queue: Queue
    dice: Dice
    batch_size: int = 10
    lost_deletes: float = 0.0
    small_batches: float = 0.0

    def poll(self) -> Delivery | None:
        """Take a batch: the next messages of one group, then of others. None where nothing can be taken now."""
        size = self.batch_size
        if self.dice.chance("small batch", self.small_batches):
            size = int(self.dice.between("size of a small batch", 1, self.batch_size))
        messages = self.queue.receive(size)
        if not messages:
            return None
        records = [queue_record(message, self.queue.arn) for message in messages]
        return Delivery({"Records": records}, tuple((message.id, message.receipt) for message in messages))

    def succeeded(self, delivery: Delivery, response: Any) -> None:
        """Delete what the function's answer does not list; the rest is visible again at its timeout."""
        failed = failed_ids(response)
        if failed is None:
            return
        for message_id, receipt in delivery.taken:
            if message_id not in failed and not self.dice.chance("lost delete", self.lost_deletes):
                with suppress(ExpiredReceipt):
                    self.queue.delete(receipt)

    def failed(self, delivery: Delivery) -> None:
        """Delete nothing: the function raised, timed out or crashed. All is visible again at its timeout."""


def failed_ids(response: Any) -> set[str] | None:
    """Read a partial batch response (`ReportBatchItemFailures`); None where it stands for a failure of the whole.

    No list, or an empty one, is a success of the whole; an entry without an identifier, a failure of it.
    """
    answer: dict[str, Any] = response or {}
    failures: list[dict[str, str]] = answer.get("batchItemFailures") or []
    ids = {failure.get("itemIdentifier", "") for failure in failures}
    return ids if all(ids) else None


def queue_record(message: Message, arn: str) -> dict[str, Any]:
    """Write a message as a record of the event."""
    attributes = {
        "ApproximateReceiveCount": str(message.receives),
        "SentTimestamp": str(round(message.sent_at * 1000)),
        "SenderId": SENDER,
        "ApproximateFirstReceiveTimestamp": str(round(message.first_received_at * 1000)),
    }
    if message.group:
        attributes |= {
            "SequenceNumber": str(message.sequence),
            "MessageGroupId": message.group,
            "MessageDeduplicationId": message.deduplication_id,
        }
    return {
        "messageId": message.id,
        "receiptHandle": message.receipt,
        "body": message.body,
        "attributes": attributes,
        "messageAttributes": {name: _attribute(value) for name, value in message.attributes.items()},
        "md5OfBody": md5(message.body.encode(), usedforsecurity=False).hexdigest(),
        "eventSource": "aws:sqs",
        "eventSourceARN": arn,
        "awsRegion": REGION,
    }


def _attribute(value: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "stringValue": value.get("StringValue"),
        "stringListValues": [],
        "binaryListValues": [],
        "dataType": value["DataType"],
    }
