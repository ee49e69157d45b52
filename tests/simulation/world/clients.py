"""The clients of boto3, with the methods that the functions use and no others: any other is an AttributeError.

A method takes what boto3's does, and gives what it does, except `ResponseMetadata`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tests.simulation.world.expressions import NotModelled
from tests.simulation.world.faults import Call, client_error
from tests.simulation.world.host import Answer, Host, Patience
from tests.simulation.world.parameters import PARAMETERS
from tests.simulation.world.queue import ExpiredReceipt, Message, Queue
from tests.simulation.world.table import ConditionalCheckFailedException, Table


class DynamoDbExceptions:
    """As much as the adapters use of `client.exceptions`."""

    ConditionalCheckFailedException = ConditionalCheckFailedException


@dataclass(frozen=True)
class _Client:
    host: Host
    patience: Patience

    def _send(self, service: str, operation: str, parameters: Mapping[str, Any], effect: "_Effect") -> Answer:
        if unknown := parameters.keys() - PARAMETERS[operation]:
            raise NotModelled(f"{operation} with {unknown}")
        call = Call(service, operation, parameters)
        return self.host.send(call, self.patience, lambda: effect(call))


class _Effect(Protocol):
    def __call__(self, call: Call) -> Answer: ...


@dataclass(frozen=True)
class DynamoDb(_Client):
    """A client of DynamoDB."""

    exceptions = DynamoDbExceptions

    def put_item(self, **parameters: Any) -> Answer:
        """Write an item."""
        return self._send("dynamodb", "PutItem", parameters, lambda call: self._table(call).put_item(parameters))

    def get_item(self, **parameters: Any) -> Answer:
        """Read an item."""
        return self._send("dynamodb", "GetItem", parameters, lambda call: self._table(call).get_item(parameters))

    def query(self, **parameters: Any) -> Answer:
        """Read a page of a partition."""
        return self._send("dynamodb", "Query", parameters, lambda call: self._table(call).query(parameters))

    def _table(self, call: Call) -> Table:
        table = self.host.world.tables.get(call.parameters["TableName"])
        if table is None:
            raise client_error(call, "ResourceNotFoundException", 400)
        return table


@dataclass(frozen=True)
class Sqs(_Client):
    """A client of SQS, for a function: it only sends."""

    def send_message(self, **parameters: Any) -> Answer:
        """Send a message."""
        return self._send("sqs", "SendMessage", parameters, self._message_sent)

    def _message_sent(self, call: Call) -> Answer:
        asked = call.parameters
        queue = self._queue(call)
        if queue.fifo and not {"MessageGroupId", "MessageDeduplicationId"} <= asked.keys():
            raise client_error(call, "MissingParameter", 400)
        group, deduplication_id = asked.get("MessageGroupId", ""), asked.get("MessageDeduplicationId", "")
        message = queue.send(asked["MessageBody"], group, deduplication_id, asked.get("MessageAttributes"))
        return {"MessageId": message.id} | ({"SequenceNumber": str(message.sequence)} if queue.fifo else {})

    def _queue(self, call: Call) -> Queue:
        queue = self.host.world.queues.get(call.parameters["QueueUrl"])
        if queue is None:
            raise client_error(call, "AWS.SimpleQueueService.NonExistentQueue", 400)
        return queue


@dataclass(frozen=True)
class SqsConsumer(Sqs):
    """A client of SQS for who reads a queue: a subscriber, an operator, a test."""

    def receive_message(self, **parameters: Any) -> Answer:
        """Receive messages, each with all of its attributes; nothing is waited for."""
        return self._send("sqs", "ReceiveMessage", parameters, self._received)

    def delete_message(self, **parameters: Any) -> Answer:
        """Delete a message."""
        return self._send("sqs", "DeleteMessage", parameters, self._deleted)

    def change_message_visibility(self, **parameters: Any) -> Answer:
        """Have a message in flight visible again earlier, or later."""
        return self._send("sqs", "ChangeMessageVisibility", parameters, self._visibility_changed)

    def _received(self, call: Call) -> Answer:
        limit = call.parameters.get("MaxNumberOfMessages", 1)
        messages = self._queue(call).receive(limit, call.parameters.get("VisibilityTimeout"))
        return {"Messages": list(map(_as_received, messages))} if messages else {}

    def _deleted(self, call: Call) -> Answer:
        return self._by_receipt(call, lambda queue, receipt: queue.delete(receipt))

    def _visibility_changed(self, call: Call) -> Answer:
        seconds = call.parameters["VisibilityTimeout"]
        return self._by_receipt(call, lambda queue, receipt: queue.change_visibility(receipt, seconds))

    def _by_receipt(self, call: Call, do: Callable[[Queue, str], None]) -> Answer:
        try:
            do(self._queue(call), call.parameters["ReceiptHandle"])
        except ExpiredReceipt:
            message = "The receipt handle has expired."
            raise client_error(call, "InvalidParameterValue", 400, message) from None
        return {}


@dataclass(frozen=True)
class Sns(_Client):
    """A client of SNS."""

    def publish_batch(self, **parameters: Any) -> Answer:
        """Publish up to ten messages."""
        return self._send("sns", "PublishBatch", parameters, self._published)

    def _published(self, call: Call) -> Answer:
        topic, entries = self.host.world.topic, call.parameters["PublishBatchRequestEntries"]
        if call.parameters["TopicArn"] != topic.arn:
            raise client_error(call, "NotFound", 404)
        if fault := _fault_of(entries):
            raise client_error(call, fault, 400)
        return topic.publish_batch(entries)


def make_client(service: str, host: Host, config: Any = None) -> Any:
    """Stand for `boto3.client`."""
    kinds: dict[str, type[_Client]] = {"dynamodb": DynamoDb, "sqs": Sqs, "sns": Sns}
    if service not in kinds:
        raise NotModelled(service)
    return kinds[service](host, Patience.of(config))


def _fault_of(entries: list[Mapping[str, Any]]) -> str:
    ids = [entry["Id"] for entry in entries]
    if not entries:
        return "EmptyBatchRequest"
    if len(entries) > 10:
        return "TooManyEntriesInBatchRequest"
    return "BatchEntryIdsNotDistinct" if len(set(ids)) < len(ids) else ""


def _as_received(message: Message) -> dict[str, Any]:
    attributes = {
        "ApproximateReceiveCount": str(message.receives),
        "SentTimestamp": str(round(message.sent_at * 1000)),
        "ApproximateFirstReceiveTimestamp": str(round(message.first_received_at * 1000)),
    }
    if message.group:
        attributes |= {
            "MessageGroupId": message.group,
            "MessageDeduplicationId": message.deduplication_id,
            "SequenceNumber": str(message.sequence),
        }
    received = {
        "MessageId": message.id,
        "ReceiptHandle": message.receipt,
        "Body": message.body,
        "Attributes": attributes,
    }
    return received | ({"MessageAttributes": dict(message.attributes)} if message.attributes else {})
