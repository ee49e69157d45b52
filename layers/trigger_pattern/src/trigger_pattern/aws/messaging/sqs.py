"""The queue of commands, and the dead-letter queues."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from trigger_pattern.application.submitting import Unavailable
from trigger_pattern.aws.messaging.command_message import write_command
from trigger_pattern.definition.requests import Request
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Command

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient

_COUNTS: Final = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


@dataclass(frozen=True)
class SqsCommandQueue:
    """Implements the ports `CommandQueue` and `QueueLength` with an SQS FIFO queue: a resource's commands in order."""

    resource: AnyResource
    client: "SQSClient"
    url: str

    def send(self, command: Command[Request]) -> None:
        """Send one message, which SQS deduplicates by the command's id. Raises Unavailable."""
        try:
            self.client.send_message(
                QueueUrl=self.url,
                MessageBody=write_command(self.resource, command),
                MessageGroupId=command.aggregate_id,
                MessageDeduplicationId=command.command_id,
            )
        except (ClientError, BotoCoreError) as error:
            raise Unavailable from error

    def length(self) -> int:
        """Return about how many messages there are, in flight or not. Raises botocore's exceptions."""
        answer = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=[*_COUNTS])
        return sum(int(answer["Attributes"][name]) for name in _COUNTS)


@dataclass(frozen=True)
class SqsDeliveries:
    """The commands queue, for the function that handles its messages."""

    client: "SQSClient"
    url: str

    def come_again(self, seconds: Mapping[str, int]) -> None:
        """Make up to ten messages visible again after so many seconds each, by their receipts, with one request.

        Messages that are no longer in flight are left alone. Raises botocore's other exceptions.
        """
        self.client.change_message_visibility_batch(
            QueueUrl=self.url,
            Entries=[
                {"Id": str(number), "ReceiptHandle": receipt, "VisibilityTimeout": wait}
                for number, (receipt, wait) in enumerate(seconds.items())
            ],
        )


@dataclass(frozen=True)
class SqsDeadLetters:
    """The commands' dead-letter queue."""

    client: "SQSClient"
    url: str

    def set_aside(self, record: dict[str, Any], reason: str) -> None:
        """Dead-letter a received message, byte for byte, with the reason as the attribute `Reason`."""
        self.client.send_message(
            QueueUrl=self.url,
            MessageBody=record["body"],
            MessageGroupId=record["attributes"]["MessageGroupId"],
            MessageDeduplicationId=record["messageId"],
            MessageAttributes={"Reason": {"DataType": "String", "StringValue": reason[:1024]}},
        )


@dataclass(frozen=True)
class SqsRejects:
    """Implements the port `SetAside` with a standard queue."""

    resource: AnyResource
    client: "SQSClient"
    url: str

    def set_aside(self, aggregate_id: str, version: int, reason: str) -> None:
        """Dead-letter the id, by its resource's name for it, `version` and `reason`."""
        body = json.dumps({self.resource.id: aggregate_id, "version": version, "reason": reason})
        self.client.send_message(QueueUrl=self.url, MessageBody=body)


def read_key(resource: AnyResource, body: str) -> tuple[str, int]:
    """Return the id and the version of a message of SqsRejects. Raises ValueError, LookupError, TypeError."""
    message: dict[str, Any] = json.loads(body)
    return str(message[resource.id]), int(message["version"])
