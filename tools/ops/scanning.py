"""Read the whole events table, in segments side by side, strongly consistently, and each aggregate's commits in order.

DynamoDB gives an aggregate's items together and in order, though it promises no order of a scan. So the order is
checked; where it does not hold, the aggregate is read anew by a query, which does promise it.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from decimal import Decimal
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

_HIGHEST = 10**37
"""A number that DynamoDB takes; it takes none of more than 38 digits."""

Item = dict[str, Any]
Result = TypeVar("Result")


@dataclass(frozen=True)
class Page:
    """Some items, and the key after which the next page begins: None for the last one."""

    items: list[Item]
    end: Item | None


@dataclass(frozen=True)
class EventsTable:
    """The events table as a whole. DynamoDB's faults are raised as botocore gives them."""

    resource: AnyResource
    client: "DynamoDBClient"
    name: str

    def scan(self, segment: int, segments: int, after: Item | None = None) -> Iterator[Page]:
        """Read a segment page by page, from its beginning or from after a key: one unit for each 4 KB."""
        return self._pages(self.client.scan, {"Segment": segment, "TotalSegments": segments}, after)

    def commits(self, aggregate_id: str, version: int = 1, after: Item | None = None) -> Iterator[Page]:
        """Read an aggregate's commits that begin at a version or above, in order; all of them, or those after a key."""
        condition = {
            "KeyConditionExpression": f"{self.resource.id} = :id AND version >= :version",
            "ExpressionAttributeValues": {":id": {"S": aggregate_id}, ":version": {"N": str(min(version, _HIGHEST))}},
        }
        return self._pages(self.client.query, condition, after)

    def expected(self) -> int | None:
        """Return roughly how many commits there are: DynamoDB counts them a few times a day."""
        return self.client.describe_table(TableName=self.name)["Table"].get("ItemCount") or None

    def _pages(self, read: Callable[..., Any], what: Item, after: Item | None) -> Iterator[Page]:
        start = {"ExclusiveStartKey": after} if after else {}
        while True:
            answer = read(TableName=self.name, ConsistentRead=True, **what, **start)
            page = Page(answer["Items"], answer.get("LastEvaluatedKey"))
            yield page
            if page.end is None:
                return
            start = {"ExclusiveStartKey": page.end}


@dataclass
class Order:
    """Gives a segment's items with each aggregate's in order. Between two pages, its fields tell where it is.

    `due` is the version that the aggregate's next commit has; `read_on` that its rest was read by a query already;
    `whole` that its versions had neither gap nor overlap so far. What follows one is given all the same.
    """

    table: EventsTable
    aggregate_id: str = ""
    due: int = 1
    read_on: bool = False
    whole: bool = True

    def of(self, items: Iterable[Item]) -> Iterator[Item]:
        """Return the items of a page, or the results of a query in their place."""
        for item in items:
            aggregate_id = item[self.table.resource.id]["S"]
            if aggregate_id != self.aggregate_id:
                self.aggregate_id, self.due, self.read_on, self.whole = aggregate_id, 1, False, True
            if self.read_on:
                continue
            if version(item) <= self.due:  # below it, a version that another commit has too
                yield self._next(item)
            else:
                self.read_on = True
                yield from (
                    self._next(item) for page in self.table.commits(self.aggregate_id, self.due) for item in page.items
                )

    def _next(self, item: Item) -> Item:
        self.whole = self.whole and version(item) == self.due
        self.due = max(self.due, next_version(item))
        return item


def version(item: Item) -> int:
    """Return a commit's version: that of its first event. Of one that is not whole, and so corrupt, the whole part."""
    return int(Decimal(item["version"]["N"]))


def next_version(item: Item) -> int:
    """Return the version of the next commit; a guess if this one is corrupt."""
    return version(item) + max(1, len(item.get("events", {}).get("L", [])))


def side_by_side(segments: int, work: Callable[[int, Event], Result], stop: Event | None = None) -> Iterator[Result]:
    """Do the work of each segment in a thread of its own, and give the results as they come.

    After a fault or Ctrl-C the others are told to stop, by the event that they are given.
    """
    stop = stop or Event()
    with ThreadPoolExecutor(segments) as threads:
        running = [threads.submit(work, number, stop) for number in range(segments)]
        try:
            yield from (done.result() for done in as_completed(running))
        finally:
            stop.set()
