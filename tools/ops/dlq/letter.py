"""One message of a dead-letter queue: what it is about, and why it is there. Its body may be any text at all."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from trigger_pattern.application.clock import write_time
from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import MessageTypeDef

_VERSIONS = range(1, 10**18)
"""What can be a version: far more than an aggregate ever has, and fewer than DynamoDB has numbers."""


@dataclass(frozen=True)
class DeadLetter:
    """One message. `group` is empty in a standard queue; `since` is by SQS's clock."""

    resource: AnyResource
    message_id: str
    receipt: str
    body: str
    reason: str
    since: datetime
    group: str

    @property
    def aggregate_id(self) -> str:
        """The aggregate that it is about; empty where it names none."""
        aggregate_id: Any = _content(self.body).get(self.resource.id)
        with suppress(ValueError):
            return str(UUID(aggregate_id)) if isinstance(aggregate_id, str) else ""
        return ""

    @property
    def version(self) -> int:
        """The version that could not be published or projected; 0 where it names none."""
        version: Any = _content(self.body).get("version")
        return version if type(version) is int and version in _VERSIONS else 0


def read_letter(resource: AnyResource, message: "MessageTypeDef") -> DeadLetter:
    """Read a message as SQS gives it."""
    attributes: Any = message.get("Attributes", {})
    return DeadLetter(
        resource=resource,
        message_id=message.get("MessageId", ""),
        receipt=message.get("ReceiptHandle", ""),
        body=message.get("Body", ""),
        reason=_reason(message),
        since=datetime.fromtimestamp(int(attributes.get("SentTimestamp", 0)) / 1000, UTC),
        group=attributes.get("MessageGroupId", ""),
    )


def described(letter: DeadLetter) -> dict[str, str]:
    """Return a message as JSON, with all that re-sending it needs. The body is the text, byte for byte."""
    return {
        "messageId": letter.message_id,
        "since": write_time(letter.since),
        "reason": letter.reason,
        **({"group": letter.group} if letter.group else {}),
        "body": letter.body,
    }


def _content(body: str) -> dict[str, Any]:
    """Return the body if it is a JSON object; otherwise nothing, for example if it is nested too deep."""
    with suppress(ValueError, RecursionError):
        found: Any = json.loads(body)
        return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    return {}


def _reason(message: "MessageTypeDef") -> str:
    attributes: Any = message.get("MessageAttributes", {})
    if "Reason" in attributes:
        return str(attributes["Reason"].get("StringValue", ""))
    content = _content(message.get("Body", ""))
    with suppress(KeyError, TypeError):
        return content["reason"] if isinstance(content.get("reason"), str) else _gave_up(content)
    return "moved here by SQS, without a reason: its deliveries were used up before a function could tell one"


def _gave_up(content: dict[str, Any]) -> str:
    """Explain what Lambda sends when it gives up on records of a stream: their place in it. Raises KeyError."""
    batch, condition = content["DDBStreamBatchInfo"], content["requestContext"]["condition"]
    first, last = batch["approximateArrivalOfFirstRecord"], batch["approximateArrivalOfLastRecord"]
    return f"Lambda gave up on {batch['batchSize']} commits, written from {first} to {last}: {condition}"
