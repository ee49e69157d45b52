"""The outcomes of commands, in a DynamoDB table keyed by command id; they expire."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from trigger_pattern.application.clock import write_time
from trigger_pattern.application.outcomes import OUTCOME_LIFETIME, RecordedOutcome, Status
from trigger_pattern.aws.dynamodb.attributes import read_item, write_item
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Refusal

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@dataclass(frozen=True)
class DynamoDbOutcomes:
    """Implements the port `Outcomes`. Raises botocore's exceptions."""

    resource: AnyResource
    client: "DynamoDBClient"
    table: str

    def record(self, outcome: RecordedOutcome) -> None:
        """Write the outcome unless there is a final one; `expiresAt`, in seconds, is the table's TTL attribute."""
        item: dict[str, Any] = {
            "commandId": outcome.command_id,
            self.resource.id: outcome.aggregate_id,
            "status": outcome.status.value,
            "reasons": [asdict(reason) for reason in outcome.reasons],
            "decidedAt": write_time(outcome.decided_at),
            "expiresAt": int((outcome.decided_at + OUTCOME_LIFETIME).timestamp()),
        }
        if outcome.version is not None:
            item["version"] = outcome.version
        if outcome.invalid:
            item["invalid"] = True
        with suppress(self.client.exceptions.ConditionalCheckFailedException):
            self.client.put_item(
                TableName=self.table,
                Item=write_item(item),
                ConditionExpression="attribute_not_exists(commandId) OR #status = :failed",
                ExpressionAttributeNames={"#status": "status"},
                ExpressionAttributeValues={":failed": {"S": Status.FAILED.value}},
            )

    def find(self, command_id: str) -> RecordedOutcome | None:
        """Return the outcome of a command, None if there is none."""
        key = {"commandId": {"S": command_id}}
        found = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True).get("Item")
        return read_outcome(self.resource, found) if found else None


def read_outcome(resource: AnyResource, stored: Mapping[str, Any]) -> RecordedOutcome:
    """Return the outcome that an item of the table holds."""
    item = read_item(stored)
    return RecordedOutcome(
        command_id=item["commandId"],
        aggregate_id=item[resource.id],
        status=Status(item["status"]),
        reasons=tuple(map(_read_reason, item["reasons"])),
        decided_at=datetime.fromisoformat(item["decidedAt"]),
        version=item.get("version"),
        invalid=item.get("invalid", False),
    )


def _read_reason(reason: dict[str, str]) -> Refusal:
    """Read a reason, without members that newer code may have added."""
    return Refusal(reason["code"], reason["detail"], reason["pointer"])
