"""The tickets of requests with an Idempotency-Key, in a DynamoDB table; they expire."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from trigger_pattern.application.clock import write_time
from trigger_pattern.application.idempotency import KEY_LIFETIME, KeyReused, RequestKey, Ticket
from trigger_pattern.application.submitting import Unavailable
from trigger_pattern.aws.dynamodb.attributes import read_item, write_item
from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@dataclass(frozen=True)
class DynamoDbTickets:
    """Implements the port `Tickets`."""

    resource: AnyResource
    client: "DynamoDBClient"
    table: str
    clock: Callable[[], datetime]

    def keep(self, key: RequestKey, ticket: Ticket) -> Ticket | KeyReused:
        """Return the key's ticket, with one conditional PutItem that writes this one or returns the existing one."""
        now = int(self.clock().timestamp())
        item = {
            "key": key.digest,
            "fingerprint": key.fingerprint,
            self.resource.id: ticket.aggregate_id,
            "commandId": ticket.command_id,
            "issuedAt": write_time(ticket.issued_at),
            "expiresAt": now + int(KEY_LIFETIME.total_seconds()),
        }
        try:
            self.client.put_item(
                TableName=self.table,
                Item=write_item(item),
                ConditionExpression="attribute_not_exists(#key) OR expiresAt <= :now",  # TTL deletes up to days late
                ExpressionAttributeNames={"#key": "key"},
                ExpressionAttributeValues={":now": {"N": str(now)}},
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self.client.exceptions.ConditionalCheckFailedException as taken:
            response: Any = taken.response
            return self._kept(read_item(response["Item"]), key)
        except (ClientError, BotoCoreError) as error:
            raise Unavailable from error
        return ticket

    def _kept(self, item: dict[str, Any], key: RequestKey) -> Ticket | KeyReused:
        if item["fingerprint"] != key.fingerprint:
            return KeyReused()
        return Ticket(item[self.resource.id], item["commandId"], datetime.fromisoformat(item["issuedAt"]))
