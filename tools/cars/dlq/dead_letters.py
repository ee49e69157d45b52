"""What is in a dead-letter queue, and why."""

import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import ClientError

from cars.adapters.clock import write_time

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

HOLD = 900
"""Seconds for which what is looked at is invisible to others, at most."""


@dataclass(frozen=True)
class DeadLetter:
    """One message. `group` is empty in a standard queue."""

    message_id: str
    receipt: str
    body: str
    reason: str
    since: datetime
    group: str

    @property
    def content(self) -> dict[str, Any]:
        """The body where it is a JSON object; else nothing."""
        with suppress(json.JSONDecodeError):
            found: Any = json.loads(self.body)
            return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
        return {}

    @property
    def car_id(self) -> str:
        """The car that it is about, if it says."""
        return str(self.content.get("carId", ""))

    @property
    def version(self) -> int:
        """The version that could not be published or projected; 0 where it is about none."""
        version: Any = self.content.get("version")
        return version if isinstance(version, int) else 0


@dataclass(frozen=True)
class DeadLetterQueue:
    """One of the stack's dead-letter queues."""

    client: "SQSClient"
    url: str
    wait: int = 1
    """Seconds to wait for messages: with none, SQS asks some of its servers only, and may miss a few."""

    def count(self) -> int:
        """Tell about how many messages there are."""
        names: Any = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=names)["Attributes"]
        return sum(int(found[name]) for name in names)

    @contextmanager
    def held(self) -> Generator[list[DeadLetter]]:
        """Hold every message that can be had, and let go at the end of what was not deleted.

        Of a car, a FIFO queue gives no more than ten, until these are deleted.
        """
        letters: list[DeadLetter] = []
        try:
            letters.extend(self._take())
            yield letters
        finally:
            for letter in letters:
                self._release(letter)

    def delete(self, letter: DeadLetter) -> None:
        """Delete a message, for good."""
        self.client.delete_message(QueueUrl=self.url, ReceiptHandle=letter.receipt)

    def _take(self) -> Iterator[DeadLetter]:
        while True:
            answer = self.client.receive_message(
                QueueUrl=self.url, MaxNumberOfMessages=10, VisibilityTimeout=HOLD, WaitTimeSeconds=self.wait,
                MessageAttributeNames=["All"], MessageSystemAttributeNames=["All"],
            )  # fmt: skip
            if not (messages := answer.get("Messages", [])):
                return
            yield from map(_letter, messages)

    def _release(self, letter: DeadLetter) -> None:
        with suppress(ClientError):  # it was deleted
            self.client.change_message_visibility(QueueUrl=self.url, ReceiptHandle=letter.receipt, VisibilityTimeout=0)


def _letter(message: "MessageTypeDef") -> DeadLetter:
    attributes: Any = message.get("Attributes", {})
    body = message.get("Body", "")
    return DeadLetter(
        message_id=message.get("MessageId", ""),
        receipt=message.get("ReceiptHandle", ""),
        body=body,
        reason=_reason(message, body),
        since=datetime.fromtimestamp(int(attributes.get("SentTimestamp", 0)) / 1000, UTC),
        group=attributes.get("MessageGroupId", ""),
    )


def _reason(message: "MessageTypeDef", body: str) -> str:
    attributes: Any = message.get("MessageAttributes", {})
    if "Reason" in attributes:
        return str(attributes["Reason"]["StringValue"])
    with suppress(json.JSONDecodeError, AttributeError, KeyError, TypeError):
        content: Any = json.loads(body)
        return str(content["reason"]) if "reason" in content else gave_up(content)
    return "moved here by SQS, without a reason: its deliveries were used up before a function could tell one"


def gave_up(content: dict[str, Any]) -> str:
    """Explain what Lambda sends when it gives up on records of a stream: their place in it. Raises KeyError."""
    batch, condition = content["DDBStreamBatchInfo"], content["requestContext"]["condition"]
    first, last = batch["approximateArrivalOfFirstRecord"], batch["approximateArrivalOfLastRecord"]
    return f"Lambda gave up on {batch['batchSize']} commits, written from {first} to {last}: {condition}"


def described(letter: DeadLetter) -> dict[str, Any]:
    """Give a message as JSON."""
    return {
        "messageId": letter.message_id,
        "since": write_time(letter.since),
        "reason": letter.reason,
        "body": letter.content or letter.body,
    }
