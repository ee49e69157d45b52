"""Renew the snapshots that an older fold made, in place, so that an aggregate is loaded with one read again."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from trigger_pattern.application.commits import DecodedCommit
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


class Snapshots(Protocol):
    """The states in stored commits."""

    def renew(self, commit: DecodedCommit) -> bool:
        """Store the state of a commit as this fold makes it. Return False if an older fold's is not there."""
        ...


@dataclass(frozen=True)
class DynamoDbSnapshots:
    """Rewrites `state` and `foldVersion` of a commit, and never its events. DynamoDB's faults are raised."""

    resource: AnyResource
    client: "DynamoDBClient"
    table: str

    def renew(self, commit: DecodedCommit) -> bool:
        """Write with one conditional UpdateItem: a newer fold's snapshot stays, and no item is made."""
        item = write_commit(self.resource, commit)
        try:
            self.client.update_item(
                TableName=self.table,
                Key={name: item[name] for name in (self.resource.id, "version")},
                UpdateExpression="SET #state = :state, foldVersion = :fold",
                ConditionExpression="foldVersion < :fold",
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues={":state": item["state"], ":fold": item["foldVersion"]},
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True


class UntouchedSnapshots:
    """Renews nothing, for a dry run."""

    def renew(self, commit: DecodedCommit) -> bool:  # noqa: ARG002 - the port's
        """Return False: nothing was written."""
        return False
