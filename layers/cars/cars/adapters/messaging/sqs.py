"""The queue of commands, and the queues of what was set aside."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from cars.adapters.messaging.command_message import write_command
from cars.application.submitting import Unavailable
from cars.domain.commands import CarCommand
from trigger_pattern import Command

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient

_COUNTS: Final = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


@dataclass(frozen=True)
class SqsCommandQueue:
    """Implements the ports `CommandQueue` and `QueueLength` with an SQS FIFO queue: a car's commands in order."""

    client: "SQSClient"
    url: str

    def send(self, command: Command[CarCommand]) -> None:
        """Send one message, deduplicated by the command's id. Raises Unavailable."""
        try:
            self.client.send_message(
                QueueUrl=self.url,
                MessageBody=write_command(command),
                MessageGroupId=command.aggregate_id,
                MessageDeduplicationId=command.command_id,
            )
        except (ClientError, BotoCoreError) as error:
            raise Unavailable from error

    def length(self) -> int:
        """Return about how many messages there are, in flight or not. SQS's faults are raised as botocore's."""
        answer = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=[*_COUNTS])
        return sum(int(answer["Attributes"][name]) for name in _COUNTS)


@dataclass(frozen=True)
class SqsDeliveries:
    """The commands queue, to the function that is given its messages."""

    client: "SQSClient"
    url: str

    def come_again(self, seconds: Mapping[str, int]) -> None:
        """Have messages be delivered again in so many seconds each, by their receipts: at most ten, one request.

        Not all may still be in flight; the others are left alone. SQS's other faults are raised as botocore gives them.
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
    """The commands' dead-letter queue, for messages that are set aside with a reason."""

    client: "SQSClient"
    url: str

    def set_aside(self, record: dict[str, Any], reason: str) -> None:
        """Keep a received message as it came, byte for byte, with the reason as the attribute `Reason`."""
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

    client: "SQSClient"
    url: str

    def set_aside(self, car_id: str, version: int, reason: str) -> None:
        """Send `{carId, version, reason}`."""
        body = json.dumps({"carId": car_id, "version": version, "reason": reason})
        self.client.send_message(QueueUrl=self.url, MessageBody=body)


def read_key(body: str) -> tuple[str, int]:
    """Return the car's id and the version of a message of SqsRejects. Raises ValueError, LookupError, TypeError."""
    message: dict[str, Any] = json.loads(body)
    return str(message["carId"]), int(message["version"])
