"""The view, in a DynamoDB table keyed by the resource's id, with an index for each list.

A deleted resource keeps its item, with its version and no index's keys. So no index lists it, and no late write of a
redelivery or a rebuild can bring it back.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trigger_pattern.application.projecting import Viewed
from trigger_pattern.aws.dynamodb.attributes import write_item
from trigger_pattern.aws.dynamodb.view_keys import key_attributes
from trigger_pattern.definition.representation import represent
from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@dataclass(frozen=True)
class DynamoDbView:
    """Implements the port `View`. Raises botocore's exceptions."""

    resource: AnyResource
    client: "DynamoDBClient"
    table: str

    def put(self, viewed: Viewed) -> bool:
        """Write a resource with one conditional PutItem."""
        try:
            self.client.put_item(
                TableName=self.table,
                Item=view_item(self.resource, viewed),
                ConditionExpression=unless_newer(self.resource),
                ExpressionAttributeValues={":version": {"N": str(viewed.version)}},
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def unless_newer(resource: AnyResource) -> str:
    """Return the condition under which an item may be written.

    An equal version is written again: the same resource, but perhaps as older code wrote it.
    """
    return f"attribute_not_exists({resource.id}) OR version <= :version"


def view_item(resource: AnyResource, viewed: Viewed) -> dict[str, Any]:
    """Return a resource as an item of the view: its representation, and the indexes' other keys."""
    item = {resource.id: viewed.aggregate_id, "version": viewed.version}
    if viewed.value is None:
        return write_item({**item, "deleted": True})
    representation = represent(resource, viewed.value)
    keys = key_attributes(resource, representation, viewed.aggregate_id)
    return write_item({**item, **representation, **keys})
