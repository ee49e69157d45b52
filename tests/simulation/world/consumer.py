"""A client of SQS for who reads a queue: a subscriber, an operator, a test. No function has one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.simulation.world.clients import Sqs
from tests.simulation.world.faults import Call, client_error
from tests.simulation.world.host import Answer
from tests.simulation.world.queue import ExpiredReceipt, Message, Queue


@dataclass(frozen=True)
class SqsConsumer(Sqs):
    """A client that also receives and deletes."""

    def receive_message(self, **parameters: Any) -> Answer:
        """Receive messages, each with all of its attributes; nothing is waited for."""
        return self.send_call("sqs", "ReceiveMessage", parameters, self._received)

    def delete_message(self, **parameters: Any) -> Answer:
        """Delete a message."""
        return self.send_call("sqs", "DeleteMessage", parameters, self._deleted)

    def change_message_visibility(self, **parameters: Any) -> Answer:
        """Have a message in flight visible again earlier, or later."""
        return self.send_call("sqs", "ChangeMessageVisibility", parameters, self._visibility_changed)

    def _received(self, call: Call) -> Answer:
        limit = call.parameters.get("MaxNumberOfMessages", 1)
        messages = self.queue_of(call).receive(limit, call.parameters.get("VisibilityTimeout"))
        return {"Messages": list(map(_as_received, messages))} if messages else {}

    def _deleted(self, call: Call) -> Answer:
        return self._by_receipt(call, lambda queue, receipt: queue.delete(receipt))

    def _visibility_changed(self, call: Call) -> Answer:
        seconds = call.parameters["VisibilityTimeout"]
        return self._by_receipt(call, lambda queue, receipt: queue.change_visibility(receipt, seconds))

    def _by_receipt(self, call: Call, do: Callable[[Queue, str], None]) -> Answer:
        try:
            do(self.queue_of(call), call.parameters["ReceiptHandle"])
        except ExpiredReceipt:
            message = "The receipt handle has expired."
            raise client_error(call, "InvalidParameterValue", 400, message) from None
        return {}


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
