"""The event store, in a DynamoDB table keyed by car id and version. All reads are strongly consistent."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cars.adapters.dynamodb.commit_item import decode, read_stored, write_commit
from cars.application.commits import CarCommit, StoredCommit

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

_FIRST_PAGE = 4
_PAGE = 1000


@dataclass(frozen=True)
class DynamoDbEventStore:
    """Implements the ports `EventStore` and `CommitLog`. DynamoDB's faults are raised as botocore gives them."""

    client: "DynamoDBClient"
    table: str

    def head(self, aggregate_id: str) -> CarCommit | None:
        """Read the newest commit: one Query, one read unit for a commit of up to 4 KB."""
        return next(map(decode, self._read(aggregate_id, size=1, newest_first=True)), None)

    def history(self, aggregate_id: str) -> Iterator[CarCommit]:
        """Read every commit, oldest first, in pages as large as DynamoDB gives them."""
        return map(decode, self._read(aggregate_id))

    def recorded(self, aggregate_id: str, up_to: int | None = None) -> Iterator[StoredCommit]:
        """Read commits as they are stored, from the one that holds `up_to`, or the newest, back."""
        if up_to is None:
            return self._read(aggregate_id, size=1, newest_first=True)
        return self._read(aggregate_id, ("<=", up_to), _FIRST_PAGE, newest_first=True)

    def first(self, car_id: str) -> StoredCommit | None:
        """Read the commit with which a car began, as it is stored: one read unit."""
        return next(self._read(car_id, size=1), None)

    def after(self, car_id: str, version: int, at_most: int) -> Iterator[StoredCommit]:
        """Read on from the commit that holds the event after `version`; the first page has `at_most` commits."""
        holding = next(self._read(car_id, ("<=", version + 1), 1, newest_first=True), None)
        return self._read(car_id, (">=", holding.version if holding else 1), at_most)

    def up_to(self, aggregate_id: str, version: int) -> Iterator[CarCommit]:
        """Read from the commit that holds `version`, or the newest below it, back."""
        return map(decode, self.recorded(aggregate_id, version))

    def try_append(self, commit: CarCommit) -> bool:
        """Write a commit with one conditional PutItem: one write unit for a commit of up to 1 KB."""
        try:
            self.client.put_item(
                TableName=self.table, Item=write_commit(commit), ConditionExpression="attribute_not_exists(carId)"
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _read(
        self, car_id: str, versions: tuple[str, int] = (">=", 1), size: int | None = None, *, newest_first: bool = False
    ) -> Iterator[StoredCommit]:
        """Read page by page, as far as the caller goes on, each page twice as large as the last."""
        comparison, version = versions
        query: dict[str, Any] = {
            "TableName": self.table,
            "ConsistentRead": True,
            "KeyConditionExpression": f"carId = :carId AND version {comparison} :version",
            "ExpressionAttributeValues": {":carId": {"S": car_id}, ":version": {"N": str(version)}},
            "ScanIndexForward": not newest_first,
        }
        while True:
            if size:
                query["Limit"] = size
            page = self.client.query(**query)
            yield from map(read_stored, page["Items"])
            if "LastEvaluatedKey" not in page:
                return
            query["ExclusiveStartKey"] = page["LastEvaluatedKey"]
            size = min(2 * size, _PAGE) if size else None
