"""AWS in memory (moto): the template's tables, queues and topic, and what a test wants to know of calls to them."""

import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ReadTimeoutError

from tests.support.template import properties

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_sns.client import SNSClient
    from mypy_boto3_sqs.client import SQSClient

REGION = "eu-central-1"
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

    def create_table(self, logical_id: str) -> str:
        """Create a table of the template; give its name."""
        taken = {"BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "StreamSpecification"}
        wanted: dict[str, Any] = {name: value for name, value in properties(logical_id).items() if name in taken}
        if "StreamSpecification" in wanted:
            wanted["StreamSpecification"]["StreamEnabled"] = True
        self.dynamodb.create_table(TableName=logical_id, **wanted)
        return logical_id

    def create_queue(self, logical_id: str) -> str:
        """Create a queue of the template; give its URL."""
        names = ("ContentBasedDeduplication", "VisibilityTimeout", "MessageRetentionPeriod", "MaximumMessageSize")
        taken = {"FifoQueue", *names}
        attributes: Any = {name: str(value).lower() for name, value in properties(logical_id).items() if name in taken}
        suffix = ".fifo" if "FifoQueue" in attributes else ""
        return self.sqs.create_queue(QueueName=logical_id + suffix, Attributes=attributes)["QueueUrl"]

    def create_topic(self, logical_id: str, *, fifo: bool = True) -> str:
        """Create a topic; give its ARN."""
        if not fifo:
            return self.sns.create_topic(Name=logical_id)["TopicArn"]
        attributes = {"FifoTopic": "true", "ContentBasedDeduplication": "false"}
        return self.sns.create_topic(Name=f"{logical_id}.fifo", Attributes=attributes)["TopicArn"]

    def subscribe_queue(self, topic_arn: str, name: str, *, fifo: bool = True, **attributes: str) -> str:
        """Subscribe a new queue to a topic of its kind, with raw delivery; give its URL."""
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
        """Give a queue's ARN."""
        return self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def receive(self, url: str) -> list[Any]:
        """Take every message from a queue, with all of its attributes."""
        messages: list[Any] = []
        while batch := self._receive_batch(url):
            messages += batch
        return messages

    def receive_bodies(self, url: str) -> list[Any]:
        """Take every message from a queue; give their bodies, which are JSON."""
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
def requests_to(client: Any) -> Generator[list[str]]:
    """List the requests that a client makes, by the names of their operations."""
    names: list[str] = []

    def note(model: Any, **_: Any) -> None:
        names.append(model.name)

    client.meta.events.register("before-call", note)
    try:
        yield names
    finally:
        client.meta.events.unregister("before-call", note)


@contextmanager
def items_queried_by(client: Any) -> Generator[list[int]]:
    """List how many items each Query of a client reads."""
    counts: list[int] = []

    def note(parsed: Any, **_: Any) -> None:
        counts.append(parsed["Count"])

    client.meta.events.register("after-call.dynamodb.Query", note)
    try:
        yield counts
    finally:
        client.meta.events.unregister("after-call.dynamodb.Query", note)


@contextmanager
def parameters_of(client: Any) -> Generator[list[dict[str, Any]]]:
    """List the parameters of the calls that a client makes."""
    listed: list[dict[str, Any]] = []

    def note(params: dict[str, Any], **_: Any) -> None:
        listed.append(dict(params))

    client.meta.events.register("provide-client-params", note)
    try:
        yield listed
    finally:
        client.meta.events.unregister("provide-client-params", note)


@contextmanager
def unanswered(client: Any) -> Generator[None]:
    """Have no request of a client answered, nor reach AWS."""

    def time_out(**_: Any) -> None:
        raise ReadTimeoutError(endpoint_url="https://aws.example")

    client.meta.events.register("before-call", time_out)
    try:
        yield
    finally:
        client.meta.events.unregister("before-call", time_out)


def sqs_event(*records: Mapping[str, Any]) -> dict[str, Any]:
    """Build the event that Lambda makes of a batch of messages."""
    return {"Records": list(records)}


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
