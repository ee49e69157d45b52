"""The event store, in a DynamoDB table keyed by car id and version. All reads are strongly consistent."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cars.adapters.dynamodb.commit_item import read_commit, write_commit
from cars.application.publishing import CarCommit

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

_FIRST_PAGE = 4
_PAGE = 100


@dataclass(frozen=True)
class DynamoDbEventStore:
    """Implements the ports `EventStore` and `CommitLog`. DynamoDB's faults are raised as botocore gives them."""

    client: "DynamoDBClient"
    table: str

    def head(self, aggregate_id: str) -> CarCommit | None:
        """Read the newest commit: one Query, one read unit for a commit of up to 4 KB."""
        newest = self._query(aggregate_id, ScanIndexForward=False, Limit=1)
        return next((read_commit(item) for item in newest["Items"]), None)

    def history(self, aggregate_id: str) -> Iterator[CarCommit]:
        """Read every commit, oldest first."""
        return self._pages(aggregate_id)

    def newest_first(self, car_id: str) -> Iterator[CarCommit]:
        """Read every commit, newest first, as far as the caller goes on: pages are small first, then larger."""
        return self._pages(car_id, _FIRST_PAGE, ScanIndexForward=False)

    def after(self, car_id: str, version: int, at_most: int) -> Iterator[CarCommit]:
        """Read on from the commit that holds the event after `version`; each page has `at_most` commits."""
        start = version + 1
        holds = self._query(car_id, "<=", start, ScanIndexForward=False, Limit=1)
        first = holds["Items"][0]["version"]["N"] if holds["Items"] else start
        return self._pages(car_id, at_most, first=int(first))

    def try_append(self, commit: CarCommit) -> bool:
        """Write a commit with one conditional PutItem: one write unit for a commit of up to 1 KB."""
        try:
            self.client.put_item(
                TableName=self.table, Item=write_commit(commit), ConditionExpression="attribute_not_exists(carId)"
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _pages(self, car_id: str, size: int | None = None, first: int = 1, **options: Any) -> Iterator[CarCommit]:  # noqa: ANN401
        """Read page by page, each twice as large as the last; without a size, as large as DynamoDB gives them."""
        start: dict[str, Any] = {}
        while True:
            limit = {"Limit": size} if size else {}
            page = self._query(car_id, ">=", first, **limit, **options, **start)
            yield from map(read_commit, page["Items"])
            if "LastEvaluatedKey" not in page:
                return
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
            size = min(2 * size, _PAGE) if size else None

    def _query(self, car_id: str, comparison: str = ">=", version: int = 1, **options: Any) -> Any:  # noqa: ANN401
        return self.client.query(
            TableName=self.table,
            ConsistentRead=True,
            KeyConditionExpression=f"carId = :carId AND version {comparison} :version",
            ExpressionAttributeValues={":carId": {"S": car_id}, ":version": {"N": str(version)}},
            **options,
        )
