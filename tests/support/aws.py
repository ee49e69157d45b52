"""AWS in memory (moto): the template's tables, queues and topic, and what a test wants to know of calls to them."""

import json
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5
from typing import TYPE_CHECKING, Any
from uuid import UUID

import boto3

from tests.support.template import properties, properties_of, template_of
from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_sns.client import SNSClient
    from mypy_boto3_sqs.client import SQSClient

REGION = "eu-central-1"
QUEUE_ARN = "arn:aws:sqs:eu-central-1:123456789012:cars-prod-CommandsQueue-0f3Kq8ZtYw1B.fifo"
FIRST_SEQUENCE = 18_849_496_460_467_696_128
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_SESSION_TOKEN": "testing",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
}


@dataclass(frozen=True)
class Aws:
    """The clients; `create_…` make a resource as the template says, except what only a real account has."""

    dynamodb: "DynamoDBClient"
    sqs: "SQSClient"
    sns: "SNSClient"

    def create_stack(self) -> dict[str, str]:
        """Create the tables, queues and topics of cars; return what the template's `Ref` gives, by logical id."""
        makers = {
            "AWS::DynamoDB::Table": self.create_table,
            "AWS::SQS::Queue": self.create_queue,
            "AWS::SNS::Topic": self.create_topic,
        }
        declared = {name: made["Type"] for name, made in template_of("Car")["Resources"].items()}
        return {name: makers[kind](name) for name, kind in declared.items() if kind in makers}

    def create_table(self, logical_id: str, kind: AnyResource | None = None) -> str:
        """Create a table of the template, or of the one that has this resource alone; return its name."""
        taken = {"BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "StreamSpecification"}
        wanted: dict[str, Any] = {
            name: value for name, value in properties_of(logical_id, kind).items() if name in taken
        }
        if "StreamSpecification" in wanted:
            wanted["StreamSpecification"]["StreamEnabled"] = True
        self.dynamodb.create_table(TableName=logical_id, **wanted)
        return logical_id

    def create_queue(self, logical_id: str) -> str:
        """Create a queue of the template; return its URL."""
        names = ("ContentBasedDeduplication", "VisibilityTimeout", "MessageRetentionPeriod", "MaximumMessageSize")
        taken = {"FifoQueue", *names}
        attributes: Any = {name: str(value).lower() for name, value in properties(logical_id).items() if name in taken}
        suffix = ".fifo" if "FifoQueue" in attributes else ""
        return self.sqs.create_queue(QueueName=logical_id + suffix, Attributes=attributes)["QueueUrl"]

    def create_topic(self, logical_id: str, *, fifo: bool = True) -> str:
        """Create a topic; return its ARN."""
        if not fifo:
            return self.sns.create_topic(Name=logical_id)["TopicArn"]
        attributes = {"FifoTopic": "true", "ContentBasedDeduplication": "false"}
        return self.sns.create_topic(Name=f"{logical_id}.fifo", Attributes=attributes)["TopicArn"]

    def subscribe_queue(self, topic_arn: str, name: str, *, fifo: bool = True, **attributes: str) -> str:
        """Subscribe a new queue to a topic of its kind, with raw delivery; return its URL."""
        kind: Any = {"FifoQueue": "true"} if fifo else {}
        suffix = ".fifo" if fifo else ""
        url = self.sqs.create_queue(QueueName=name + suffix, Attributes=kind)["QueueUrl"]
        self.sns.subscribe(
            TopicArn=topic_arn,
            Protocol="sqs",
            Endpoint=self.queue_arn(url),
            Attributes={"RawMessageDelivery": "true", **attributes},
        )
        return url

    def queue_arn(self, url: str) -> str:
        """Return a queue's ARN."""
        return self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def receive(self, url: str) -> list[Any]:
        """Take every message from a queue, with all of its attributes."""
        messages: list[Any] = []
        while batch := self._receive_batch(url):
            messages += batch
        return messages

    def receive_bodies(self, url: str) -> list[Any]:
        """Take every message from a queue; return their bodies, which are JSON."""
        return [json.loads(message["Body"]) for message in self.receive(url)]

    def _receive_batch(self, url: str) -> list[Any]:
        answer = self.sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["All"], MessageAttributeNames=["All"]
        )
        batch: list[Any] = list(answer.get("Messages", []))
        for message in batch:
            self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return batch


def make_clients() -> Aws:
    """Make the clients once: it takes long, and they outlive any one in-memory AWS."""
    return Aws(boto3.client("dynamodb"), boto3.client("sqs"), boto3.client("sns"))


@contextmanager
def whenever(client: Any, moment: str, do: Callable[..., None]) -> Generator[None]:
    """Call a function at each moment of a client's calls that botocore has a name for."""
    client.meta.events.register(moment, do)
    try:
        yield
    finally:
        client.meta.events.unregister(moment, do)


@contextmanager
def requests_to(client: Any) -> Generator[list[str]]:
    """List the requests that a client makes, by the names of their operations."""
    names: list[str] = []

    def note(model: Any, **_: Any) -> None:
        names.append(model.name)

    with whenever(client, "before-call", note):
        yield names


@contextmanager
def items_queried_by(client: Any) -> Generator[list[int]]:
    """List how many items each Query of a client reads."""
    counts: list[int] = []

    def note(parsed: Any, **_: Any) -> None:
        counts.append(parsed["Count"])

    with whenever(client, "after-call.dynamodb.Query", note):
        yield counts


@contextmanager
def parameters_of(client: Any) -> Generator[list[dict[str, Any]]]:
    """List the parameters of the calls that a client makes."""
    listed: list[dict[str, Any]] = []

    def note(params: dict[str, Any], **_: Any) -> None:
        listed.append(dict(params))

    with whenever(client, "provide-client-params", note):
        yield listed


@contextmanager
def failing(client: Any, fault: Exception) -> Generator[None]:
    """Have each request of a client fail before it reaches AWS."""

    def fail(**_: Any) -> None:
        raise fault

    with whenever(client, "before-call", fail):
        yield


def sqs_event(*records: Mapping[str, Any]) -> dict[str, Any]:
    """Build the event that Lambda makes of a batch of messages."""
    return {"Records": list(records)}


def queue_record(
    body: str, number: int, group: str, sent_at: datetime, *, receives: int = 1, deduplication_id: str = ""
) -> dict[str, Any]:
    """Return a record of a message of the commands queue; `number` orders it within its group."""
    sent = str(int(sent_at.timestamp()) * 1000)
    return {
        "messageId": str(UUID(int=0x4000_8000_0000_0000_0000 + number)),
        "receiptHandle": f"AQEB-{number}",
        "body": body,
        "attributes": {
            "ApproximateReceiveCount": str(receives),
            "SentTimestamp": sent,
            "SequenceNumber": str(FIRST_SEQUENCE + number * 256),
            "MessageGroupId": group,
            "SenderId": "AROAEXAMPLEEXAMPLE:cars-prod-CommandApi",
            "MessageDeduplicationId": deduplication_id or f"{number}",
            "ApproximateFirstReceiveTimestamp": sent,
        },
        "messageAttributes": {},
        "md5OfBody": md5(body.encode(errors="surrogatepass"), usedforsecurity=False).hexdigest(),
        "eventSource": "aws:sqs",
        "eventSourceARN": QUEUE_ARN,
        "awsRegion": REGION,
    }


def stream_record(item: Mapping[str, Any], name: str = "INSERT", partition_key: str = "carId") -> dict[str, Any]:
    """Build a record of an events table's stream."""
    image = {} if name == "REMOVE" else {"NewImage": item}
    keys = {key: item[key] for key in (partition_key, "version")}
    return {
        "eventID": "c4ca4238a0b923820dcc509a6f75849b",
        "eventName": name,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": REGION,
        "dynamodb": {
            "ApproximateCreationDateTime": 1793534400,
            "Keys": keys,
            **image,
            "SequenceNumber": "4421584500000000017450439091",
            "SizeBytes": 700,
            "StreamViewType": "NEW_IMAGE",
        },
    }
