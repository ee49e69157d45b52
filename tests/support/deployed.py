"""The real functions of cars over AWS in memory (moto)."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from resources.cars import CARS
from tests.support.aws import Aws, sqs_event, stream_record
from tests.support.functions import Functions, load_functions
from tests.support.http import Answer, function_of, read_answer, request
from trigger_pattern.aws.dynamodb.attributes import read_item
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.definition.resource import AnyResource

FUNCTIONS = ("CommandApi", "QueryApi", "CarCommandHandler", "CarEventBroadcaster", "CarProjector")
SET_ASIDE = ("CarCommandsQueue", "CarCommandsDlq", "CarBroadcastDlq", "CarProjectorDlq")


def load(names: Mapping[str, str], resource: AnyResource = CARS) -> Functions:
    """Load the functions of the code that knows this version of the resource."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("resources.RESOURCES", (resource,))
        return load_functions(names, *FUNCTIONS)


@dataclass(frozen=True)
class Deployed:
    """What a test does to the system, and sees of it."""

    aws: Aws
    functions: Functions
    resources: Mapping[str, str]
    subscriber: str
    resource: AnyResource = CARS

    @classmethod
    def on(cls, aws: Aws, functions: Functions) -> "Deployed":
        """Create the resources, and a subscriber to the topic."""
        resources = aws.create_stack()
        return cls(aws, functions, resources, aws.subscribe_queue(resources["CarEventsTopic"], "subscriber"))

    def run_by(self, functions: Functions, resource: AnyResource) -> "Deployed":
        """Return the same system, run by another version of the code."""
        return replace(self, functions=functions, resource=resource)

    @property
    def store(self) -> DynamoDbEventStore:
        return DynamoDbEventStore(self.resource, self.aws.dynamodb, self.resources["CarEventsTable"])

    def put(self, *items: dict[str, Any]) -> None:
        """Have commits in the events table."""
        for item in items:
            self.aws.dynamodb.put_item(TableName=self.resources["CarEventsTable"], Item=item)

    def handle(self, *messages: dict[str, Any]) -> list[str]:
        """Send messages through the command handler; return the ids of those to be delivered again."""
        answer = self.functions.invoke("CarCommandHandler", sqs_event(*messages))
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def stream(self, function: str, *items: dict[str, Any]) -> None:
        """Send commits that were just written through a function of the stream."""
        records = [stream_record(item) for item in items]
        for record in records:
            record["dynamodb"]["ApproximateCreationDateTime"] = time.time()
        self.functions.invoke(function, {"Records": records})

    def get(self, path: str, query: str = "") -> Answer:
        """Send a GET."""
        return self.answer(request("GET", path, query=query))

    def answer(self, event: dict[str, Any]) -> Answer:
        """Return the answer to an event of API Gateway."""
        return read_answer(self.functions.invoke(function_of(event), event))

    def items(self, car_id: str) -> list[dict[str, Any]]:
        """Read a car's items, oldest first."""
        found: list[Any] = list(self.aws.dynamodb.scan(TableName=self.resources["CarEventsTable"])["Items"])
        return sorted((i for i in found if i["carId"]["S"] == car_id), key=lambda item: int(item["version"]["N"]))

    def newest(self, car_id: str) -> dict[str, Any]:
        """Read a car's newest commit, as plain values."""
        return read_item(self.items(car_id)[-1])

    def event_types(self, car_id: str) -> list[tuple[str, int]]:
        """Return the type and schema version of each of a car's events, as stored."""
        events = [event for item in self.items(car_id) for event in read_item(item)["events"]]
        return [(event["type"], event["schemaVersion"]) for event in events]

    def published(self) -> list[tuple[int, str]]:
        """Take what the subscriber received: versions and schemas."""
        envelopes = self.aws.receive_bodies(self.subscriber)
        return [(envelope["carversion"], envelope["dataschema"]) for envelope in envelopes]

    def viewed(self) -> dict[str, int]:
        """Return the version of each car in the cars view."""
        found: list[Any] = list(self.aws.dynamodb.scan(TableName=self.resources["CarViewTable"])["Items"])
        return {item["carId"]["S"]: int(item["version"]["N"]) for item in found}

    def republish(self, *items: dict[str, Any]) -> None:
        """Send commits through the broadcaster again, to a subscriber that has none of their events yet."""
        self.aws.sns.delete_topic(TopicArn=self.resources["CarEventsTopic"])
        self.aws.create_topic("CarEventsTopic")
        self.aws.sns.subscribe(
            TopicArn=self.resources["CarEventsTopic"],
            Protocol="sqs",
            Endpoint=self.aws.queue_arn(self.subscriber),
            Attributes={"RawMessageDelivery": "true"},
        )
        self.stream("CarEventBroadcaster", *items)

    def envelopes(self) -> list[Any]:
        """Take what the subscriber received, whole."""
        return self.aws.receive_bodies(self.subscriber)

    def waiting(self) -> list[dict[str, Any]]:
        """Take what the projector left for later."""
        return self.aws.receive_bodies(self.resources["CarProjectorRetryQueue"])

    def retry(self, *waiting: dict[str, Any]) -> list[int]:
        """Have the projector try what it left for later; return the places of those that are to come again."""
        records = [retry_record(number, body) for number, body in enumerate(waiting)]
        answer = self.functions.invoke("CarProjector", sqs_event(*records))
        return [int(failure["itemIdentifier"]) for failure in answer["batchItemFailures"]]

    def set_aside(self) -> list[Any]:
        """Take everything that any function gave up on."""
        return [message for queue in SET_ASIDE for message in self.aws.receive(self.resources[queue])]


def retry_record(number: int, body: Any) -> dict[str, Any]:
    """Return a record of the retry queue."""
    return {
        "messageId": str(number),
        "receiptHandle": "receipt",
        "body": json.dumps(body),
        "attributes": {"ApproximateReceiveCount": "1"},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:ProjectorRetryQueue",
    }
