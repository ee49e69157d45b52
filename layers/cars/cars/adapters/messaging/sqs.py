"""The queue of commands, and the queues of what was set aside."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from cars.adapters.messaging.command_message import write_command
from cars.application.submitting import Unavailable
from cars.domain.commands import CarCommand
from trigger_pattern import Command

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient


@dataclass(frozen=True)
class SqsCommandQueue:
    """Implements the port `CommandQueue` with an SQS FIFO queue: one group a car, so each car's commands in order."""

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
