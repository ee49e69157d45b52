"""The running system, as an end-to-end test works with it: over HTTP, and behind its back where a fault is wanted."""

import json
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.support.cars import representation
from tools.local.client import CarClient
from tools.stack import Pipeline as StackPipeline
from tools.stack import Stack
from trigger_pattern.application.clock import utc_now, write_time
from trigger_pattern.application.ids import new_id

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sqs import SQSClient

PATIENCE = 30.0


def eventually(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds; fail when it does not in time."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come to hold"
        time.sleep(0.05)


@dataclass(frozen=True)
class Pipeline:
    stack: Stack
    client: CarClient

    @property
    def cars(self) -> StackPipeline:
        """The cars' part of the stack."""
        return self.stack.of("car")

    @cached_property
    def sqs(self) -> "SQSClient":
        return self.stack.aws.sqs()

    @cached_property
    def dynamodb(self) -> "DynamoDBClient":
        return self.stack.aws.dynamodb()

    @cached_property
    def functions(self) -> "LambdaClient":
        return self.stack.aws.functions()

    def create(self, **changes: Any) -> str:
        """Register a car and wait for it; give its id."""
        accepted = self.client.accepted("POST", "/cars", representation(**changes))
        assert self.client.outcome(accepted)["status"] == "succeeded"
        return str(accepted["carId"])

    def put(self, car_id: str, **changes: Any) -> dict[str, Any]:
        """Put a car and wait; give the outcome."""
        return self.client.outcome(self.client.accepted("PUT", f"/cars/{car_id}", representation(**changes)))

    def car(self, car_id: str) -> dict[str, Any]:
        return dict(self.client.request("GET", f"/cars/{car_id}").raise_for_status().json())

    def event_types(self, car_id: str) -> list[str]:
        page = self.client.request("GET", f"/cars/{car_id}/events?limit=100").raise_for_status().json()
        return [event["type"] for event in page["events"]]

    def message(self, car_id: str, issued_at: datetime | None = None, **changes: Any) -> dict[str, Any]:
        """Make the body of an UpdateCar message."""
        return {
            "commandId": str(new_id(utc_now(), lambda bits: uuid4().int >> (128 - bits))),
            "type": "UpdateCar",
            "carId": car_id,
            "representation": representation(**changes),
            "issuedAt": write_time(issued_at or datetime.now(UTC)),
            "actor": "test",
            "correlationId": "test",
        }

    def send(self, group: str, body: str) -> None:
        """Put a message on the queue past the API."""
        self.sqs.send_message(
            QueueUrl=self.cars.commands_queue_url,
            MessageBody=body,
            MessageGroupId=group,
            MessageDeduplicationId=str(uuid4()),
        )

    def outcome_of(self, message: dict[str, Any]) -> dict[str, Any]:
        """Wait for the outcome of a message that was sent past the API."""
        path = f"/cars/{message['carId']}/commands/{message['commandId']}"
        return self.client.outcome({"command": path, "commandId": message["commandId"]})

    def redeliver(self, message: dict[str, Any], queue: str, sequence: str) -> None:
        """Have the command handler receive a message once more, as SQS would: with the number that it had."""
        attributes = {
            "ApproximateReceiveCount": "2",
            "SequenceNumber": sequence,
            "MessageGroupId": message["carId"],
            "SentTimestamp": "0",
        }
        record = {
            "messageId": str(uuid4()),
            "receiptHandle": "",
            "body": json.dumps(message),
            "attributes": attributes,
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "eventSourceARN": queue,
        }
        answer = self.functions.invoke(
            FunctionName=self.stack.functions["CarCommandHandler"], Payload=json.dumps({"Records": [record]})
        )
        assert json.loads(answer["Payload"].read()) == {"batchItemFailures": []}

    def commits(self, car_id: str) -> list[dict[str, Any]]:
        """Read a car's items from the events table, oldest first."""
        return self.dynamodb.query(
            TableName=self.cars.events_table,
            KeyConditionExpression="carId = :carId",
            ExpressionAttributeValues={":carId": {"S": car_id}},
            ConsistentRead=True,
        )["Items"]

    @contextmanager
    def variable(self, function: str, name: str, value: str) -> Generator[None]:
        """Run a function with another value of a variable of its environment for a while."""
        deployed = self.stack.functions[function]
        found = self.functions.get_function_configuration(FunctionName=deployed)
        variables = found.get("Environment", {}).get("Variables", {})
        changed = {**variables, name: value}
        self.functions.update_function_configuration(FunctionName=deployed, Environment={"Variables": changed})
        try:
            yield
        finally:
            self.functions.update_function_configuration(FunctionName=deployed, Environment={"Variables": variables})

    def dead_letters(self) -> list[dict[str, Any]]:
        """Take what is in the commands' dead-letter queue."""
        answer = self.sqs.receive_message(
            QueueUrl=self.cars.commands_dlq_url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        )
        messages = answer.get("Messages", [])
        for message in messages:
            self.sqs.delete_message(QueueUrl=self.cars.commands_dlq_url, ReceiptHandle=message.get("ReceiptHandle", ""))
        return [dict(message) for message in messages]
