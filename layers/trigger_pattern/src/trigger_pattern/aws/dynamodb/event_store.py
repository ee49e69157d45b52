"""The event store, in a DynamoDB table keyed by the resource's id and version. All reads are strongly consistent."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trigger_pattern.application.commits import DecodedCommit, StoredCommit
from trigger_pattern.aws.dynamodb.commit_item import decode, read_stored, write_commit
from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

_FIRST_PAGE = 4
_PAGE = 1000


@dataclass(frozen=True)
class DynamoDbEventStore:
    """Implements the ports `EventStore` and `CommitLog`. Raises botocore's exceptions."""

    resource: AnyResource
    client: "DynamoDBClient"
    table: str

    def head(self, aggregate_id: str) -> DecodedCommit | None:
        """Read the newest commit: one Query, one read unit for a commit of up to 4 KB."""
        return next(map(self._decode, self._read(aggregate_id, size=1, newest_first=True)), None)

    def history(self, aggregate_id: str) -> Iterator[DecodedCommit]:
        """Read every commit, oldest first, in the largest pages that DynamoDB returns."""
        return map(self._decode, self._read(aggregate_id))

    def recorded(self, aggregate_id: str, up_to: int | None = None) -> Iterator[StoredCommit]:
        """Read commits as they are stored, from the one that holds `up_to`, or the newest, back."""
        if up_to is None:
            return self._read(aggregate_id, size=1, newest_first=True)
        return self._read(aggregate_id, ("<=", up_to), _FIRST_PAGE, newest_first=True)

    def first(self, aggregate_id: str) -> StoredCommit | None:
        """Read the commit with which a resource began, as it is stored: one read unit."""
        return next(self._read(aggregate_id, size=1), None)

    def after(self, aggregate_id: str, version: int, at_most: int) -> Iterator[StoredCommit]:
        """Read on from the commit that holds the event after `version`; the first page has `at_most` commits."""
        holding = next(self._read(aggregate_id, ("<=", version + 1), 1, newest_first=True), None)
        return self._read(aggregate_id, (">=", holding.version if holding else 1), at_most)

    def up_to(self, aggregate_id: str, version: int) -> Iterator[DecodedCommit]:
        """Read from the commit that holds `version`, or the newest below it, back."""
        return map(self._decode, self.recorded(aggregate_id, version))

    def try_append(self, commit: DecodedCommit) -> bool:
        """Write a commit with one conditional PutItem: one write unit for a commit of up to 1 KB."""
        try:
            self.client.put_item(
                TableName=self.table,
                Item=write_commit(self.resource, commit),
                ConditionExpression=f"attribute_not_exists({self.resource.id})",
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _decode(self, stored: StoredCommit) -> DecodedCommit:
        return decode(self.resource, stored)

    def _read(
        self,
        aggregate_id: str,
        versions: tuple[str, int] = (">=", 1),
        size: int | None = None,
        *,
        newest_first: bool = False,
    ) -> Iterator[StoredCommit]:
        """Read page by page, as far as the caller goes on, each page twice as large as the last."""
        comparison, version = versions
        query: dict[str, Any] = {
            "TableName": self.table,
            "ConsistentRead": True,
            "KeyConditionExpression": f"{self.resource.id} = :id AND version {comparison} :version",
            "ExpressionAttributeValues": {":id": {"S": aggregate_id}, ":version": {"N": str(version)}},
            "ScanIndexForward": not newest_first,
        }
        while True:
            if size:
                query["Limit"] = size
            page = self.client.query(**query)
            yield from (read_stored(self.resource, item) for item in page["Items"])
            if "LastEvaluatedKey" not in page:
                return
            query["ExclusiveStartKey"] = page["LastEvaluatedKey"]
            size = min(2 * size, _PAGE) if size else None
