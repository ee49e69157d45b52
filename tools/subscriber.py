"""A subscriber to the events: a queue of its own on the topic, read by long polling."""

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError

from tools.aws import Aws
from tools.signals import undisturbed

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import MessageTypeDef

LONGEST_POLL = 20
"""Seconds that SQS holds an empty answer back, at most."""


@dataclass(frozen=True)
class Received:
    """One event as it arrived."""

    event: dict[str, Any]
    """The CloudEvents envelope; empty where the message is no JSON object."""
    attributes: dict[str, str]
    """The SNS message attributes, which filter policies match."""
    group: str
    """The message group: the resource's id. Empty from a standard topic."""
    text: str = ""
    """The message as it was published."""

    @property
    def name(self) -> str:
        """The event's name, `Created`: its type without the prefix that makes it unique."""
        return str(self.event.get("type")).rpartition(".")[2]


class Subscriber:
    """A queue on the topic, from entering the `with` block to its end; of a FIFO topic, the events of one id in order.

    `filter_policy` is SNS's, over message attributes: `{"type": ["Created"]}`.
    """

    def __init__(
        self, aws: Aws, topic_arn: str, filter_policy: dict[str, Any] | None = None, *, fifo: bool = True
    ) -> None:
        self._sqs = aws.sqs()
        self._sns = aws.sns()
        self._topics = [topic_arn]
        self._fifo = fifo
        self._filter = {"FilterPolicy": json.dumps(filter_policy)} if filter_policy else {}
        self.queue_url = ""
        self._subscriptions: list[str] = []

    def __enter__(self) -> Self:
        """Make the queue and subscribe it; where that fails, leave nothing."""
        try:
            self._subscribe()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the subscription and the queue; no matter when the emulator is gone already."""
        self._remove()

    def follow(self, topic_arn: str) -> None:
        """Subscribe the queue to another topic of the same type too."""
        self._topics.append(topic_arn)
        self._follow(topic_arn)

    def _subscribe(self) -> None:
        name = f"subscriber-{uuid4()}"
        if self._fifo:
            created = self._sqs.create_queue(QueueName=f"{name}.fifo", Attributes={"FifoQueue": "true"})
        else:
            created = self._sqs.create_queue(QueueName=name)
        self.queue_url = created["QueueUrl"]
        self._follow(*self._topics)

    def _follow(self, topic_arn: str) -> None:
        described = self._sqs.get_queue_attributes(QueueUrl=self.queue_url, AttributeNames=["QueueArn"])
        arn = described["Attributes"]["QueueArn"]
        self._sqs.set_queue_attributes(QueueUrl=self.queue_url, Attributes={"Policy": self._policy(arn)})
        subscribed = self._sns.subscribe(
            TopicArn=topic_arn, Protocol="sqs", Endpoint=arn, ReturnSubscriptionArn=True,
            Attributes={"RawMessageDelivery": "true", **self._filter},
        )  # fmt: skip
        self._subscriptions.append(subscribed["SubscriptionArn"])

    def _remove(self) -> None:
        with undisturbed():
            for subscription in self._subscriptions:
                with suppress(BotoCoreError, ClientError):
                    self._sns.unsubscribe(SubscriptionArn=subscription)
            if self.queue_url:
                with suppress(BotoCoreError, ClientError):
                    self._sqs.delete_queue(QueueUrl=self.queue_url)

    def events(self, seconds: float | None = None) -> Iterator[Received]:
        """Yield each event as it arrives, for `seconds` in all, or for ever."""
        end = None if seconds is None else time.monotonic() + seconds
        while end is None or time.monotonic() < end:
            yield from self._poll(LONGEST_POLL if end is None else _until(end))

    def take(self, count: int, seconds: float) -> list[Received]:
        """Return the next `count` events, or fewer if `seconds` have passed."""
        found: list[Received] = []
        if count:
            for received in self.events(seconds):
                found.append(received)
                if len(found) == count:
                    break
        return found

    def _poll(self, wait: int) -> Iterator[Received]:
        answer = self._sqs.receive_message(
            QueueUrl=self.queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=wait,
            MessageAttributeNames=["All"], MessageSystemAttributeNames=["MessageGroupId"],
        )  # fmt: skip
        for message in answer.get("Messages", []):
            # deleted one by one: what a reader that stops early has not taken comes again
            self._sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=message.get("ReceiptHandle", ""))
            yield _received(message)

    def _policy(self, queue_arn: str) -> str:
        statement = {
            "Effect": "Allow",
            "Principal": {"Service": "sns.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": queue_arn,
            "Condition": {"ArnEquals": {"aws:SourceArn": self._topics}},
        }
        return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _until(end: float) -> int:
    return max(0, min(LONGEST_POLL, round(end - time.monotonic())))


def _received(message: "MessageTypeDef") -> Received:
    attributes = {name: a.get("StringValue", "") for name, a in message.get("MessageAttributes", {}).items()}
    group = message.get("Attributes", {}).get("MessageGroupId", "")
    text = message.get("Body", "")
    return Received(_object(text), attributes, group, text)


def _object(text: str) -> dict[str, Any]:
    """Read a JSON object; who may publish to the topic by hand may send anything, and that is no reason to end."""
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
