"""Stuck resources, noted in the table of outcomes; the notes expire."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from trigger_pattern.aws.dynamodb.attributes import read_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef


@dataclass(frozen=True)
class DynamoDbStuck:
    """Implements the port `Stuck`. Raises botocore's exceptions.

    `clock` returns the time in UTC. `expiresAt`, in seconds, is the table's TTL attribute; DynamoDB deletes up to days
    late.
    """

    client: "DynamoDBClient"
    table: str
    clock: Callable[[], datetime]

    def note(self, aggregate_id: str, until: datetime) -> None:
        """Note that a resource is stuck."""
        item: dict[str, AttributeValueTypeDef] = {**_key(aggregate_id), "expiresAt": {"N": str(int(until.timestamp()))}}
        self.client.put_item(TableName=self.table, Item=item)

    def has(self, aggregate_id: str) -> bool:
        """Return whether a resource is stuck, with one GetItem."""
        item = self.client.get_item(TableName=self.table, Key=_key(aggregate_id)).get("Item")
        return item is not None and read_item(item)["expiresAt"] > self.clock().timestamp()


def _key(aggregate_id: str) -> "dict[str, AttributeValueTypeDef]":
    """Return a key that no command can have: command ids are UUIDs."""
    return {"commandId": {"S": f"stuck/{aggregate_id}"}}
