"""The clients of boto3, with the methods that the functions use and no others: any other is an AttributeError.

A method takes what boto3's does, and gives what it does, except `ResponseMetadata`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tests.simulation.world.expressions import NotModelled
from tests.simulation.world.faults import Call, client_error
from tests.simulation.world.host import Answer, Host, Patience
from tests.simulation.world.parameters import PARAMETERS
from tests.simulation.world.queue import ExpiredReceipt, Queue
from tests.simulation.world.table import ConditionalCheckFailedException, Table


class DynamoDbExceptions:
    """As much as the adapters use of `client.exceptions`."""

    ConditionalCheckFailedException = ConditionalCheckFailedException


@dataclass(frozen=True)
class _Client:
    host: Host
    patience: Patience

    def send_call(self, service: str, operation: str, parameters: Mapping[str, Any], effect: "_Effect") -> Answer:
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
        return self.send_call("dynamodb", "PutItem", parameters, lambda call: self._table(call).put_item(parameters))

    def get_item(self, **parameters: Any) -> Answer:
        """Read an item."""
        return self.send_call("dynamodb", "GetItem", parameters, lambda call: self._table(call).get_item(parameters))

    def query(self, **parameters: Any) -> Answer:
        """Read a page of a partition."""
        return self.send_call("dynamodb", "Query", parameters, lambda call: self._table(call).query(parameters))

    def batch_get_item(self, **parameters: Any) -> Answer:
        """Read items of several tables; those of one table may be left unprocessed.

        https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
        """
        return self.send_call("dynamodb", "BatchGetItem", parameters, self._several_read)

    def _several_read(self, call: Call) -> Answer:
        asked: Mapping[str, Mapping[str, Any]] = call.parameters["RequestItems"]
        tables = {name: self._table(call, name) for name in asked}
        dice, rate = self.host.world.dice, self.host.world.rates.unprocessed_keys
        some_are_left = len(asked) > 1 and dice.chance("unprocessed keys", rate)
        left = {dice.pick("table of unprocessed keys", list(asked))} if some_are_left else set[str]()
        read = {name: tables[name].get_items(of_table) for name, of_table in asked.items() if name not in left}
        return {"Responses": read, "UnprocessedKeys": {name: asked[name] for name in left}}

    def _table(self, call: Call, name: str = "") -> Table:
        table = self.host.world.tables.get(name or call.parameters["TableName"])
        if table is None:
            raise client_error(call, "ResourceNotFoundException", 400)
        return table


@dataclass(frozen=True)
class Sqs(_Client):
    """A client of SQS, for a function: it sends, and says when what it was given comes again."""

    def send_message(self, **parameters: Any) -> Answer:
        """Send a message."""
        return self.send_call("sqs", "SendMessage", parameters, self._message_sent)

    def get_queue_attributes(self, **parameters: Any) -> Answer:
        """Count a queue's messages, those in flight apart."""
        return self.send_call("sqs", "GetQueueAttributes", parameters, self._counted)

    def change_message_visibility_batch(self, **parameters: Any) -> Answer:
        """Have messages in flight visible again earlier, or later; each entry can fail by itself."""
        return self.send_call("sqs", "ChangeMessageVisibilityBatch", parameters, self._visibilities_changed)

    def _counted(self, call: Call) -> Answer:
        visible, in_flight = self.queue_of(call).counts()
        counts = {
            "ApproximateNumberOfMessages": str(visible),
            "ApproximateNumberOfMessagesNotVisible": str(in_flight),
        }
        return {"Attributes": {name: counts[name] for name in call.parameters["AttributeNames"]}}

    def _visibilities_changed(self, call: Call) -> Answer:
        entries = call.parameters["Entries"]
        if fault := _fault_of(entries):
            raise client_error(call, f"AWS.SimpleQueueService.{fault}", 400)
        queue = self.queue_of(call)
        failed = [entry["Id"] for entry in entries if not _changed_visibility(queue, entry)]
        done = [{"Id": entry["Id"]} for entry in entries if entry["Id"] not in failed]
        return {"Successful": done} | (
            {"Failed": [{"Id": name, "SenderFault": True, "Code": "InvalidParameterValue"} for name in failed]}
            if failed
            else {}
        )

    def _message_sent(self, call: Call) -> Answer:
        asked = call.parameters
        queue = self.queue_of(call)
        if queue.fifo and not {"MessageGroupId", "MessageDeduplicationId"} <= asked.keys():
            raise client_error(call, "MissingParameter", 400)
        group, deduplication_id = asked.get("MessageGroupId", ""), asked.get("MessageDeduplicationId", "")
        message = queue.send(asked["MessageBody"], group, deduplication_id, asked.get("MessageAttributes"))
        return {"MessageId": message.id} | ({"SequenceNumber": str(message.sequence)} if queue.fifo else {})

    def queue_of(self, call: Call) -> Queue:
        queue = self.host.world.queues.get(call.parameters["QueueUrl"])
        if queue is None:
            raise client_error(call, "AWS.SimpleQueueService.NonExistentQueue", 400)
        return queue


@dataclass(frozen=True)
class Sns(_Client):
    """A client of SNS."""

    def publish_batch(self, **parameters: Any) -> Answer:
        """Publish up to ten messages."""
        return self.send_call("sns", "PublishBatch", parameters, self._published)

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


def _changed_visibility(queue: Queue, entry: Mapping[str, Any]) -> bool:
    try:
        queue.change_visibility(entry["ReceiptHandle"], entry["VisibilityTimeout"])
    except ExpiredReceipt:
        return False
    return True


def _fault_of(entries: list[Mapping[str, Any]]) -> str:
    ids = [entry["Id"] for entry in entries]
    if not entries:
        return "EmptyBatchRequest"
    if len(entries) > 10:
        return "TooManyEntriesInBatchRequest"
    return "BatchEntryIdsNotDistinct" if len(set(ids)) < len(ids) else ""
