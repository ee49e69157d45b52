"""Aggregates that the view has and the events table has not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from tools.ops.history.life import Fault
from tools.ops.scanning import EventsTable, Item, side_by_side, version
from tools.ops.verify.batches import BATCH_SIZE, read_batch

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import ScanOutputTypeDef


@dataclass(frozen=True)
class Orphans:
    """Looks for the first commit of each aggregate of the view, and where there is none, for any.

    Everything is read strongly consistently. An aggregate has its events before it gets into the view, so this may go
    on beside traffic. `read` hears of each aggregate looked at, `fault` of each without events; both in many threads.
    """

    events: EventsTable
    view: str
    read: Callable[[int], None]
    fault: Callable[[Fault], None]

    def run(self, segments: int) -> None:
        """Look at the whole view, in so many threads."""
        for _ in side_by_side(segments, lambda number, stop: self._segment(number, segments, stop)):
            pass

    def _segment(self, number: int, segments: int, stop: Event) -> None:
        for page in self._pages(number, segments):
            for start in range(0, len(page["Items"]), BATCH_SIZE):
                if stop.is_set():
                    return
                self._check(page["Items"][start : start + BATCH_SIZE])

    def _pages(self, number: int, segments: int) -> "Iterator[ScanOutputTypeDef]":
        return iter(
            self.events.client.get_paginator("scan").paginate(
                TableName=self.view, ConsistentRead=True, Segment=number, TotalSegments=segments,
                ProjectionExpression=f"{self.events.resource.id}, version",
            )
        )  # fmt: skip

    def _check(self, items: list[Item]) -> None:
        name = self.events.resource.id
        firsts = [{name: item[name], "version": {"N": "1"}} for item in items]
        found = read_batch(self.events.client, self.events.name, firsts, ProjectionExpression=name)
        begun = {first[name]["S"] for first in found}
        for item in items:
            if item[name]["S"] not in begun and not self._has_events(item):
                at = version(item) if "version" in item else 0
                self.fault(Fault(item[name]["S"], at, "the view has it, but there are no events of it"))
        self.read(len(items))

    def _has_events(self, item: Item) -> bool:
        name = self.events.resource.id
        found = self.events.client.query(
            TableName=self.events.name, ConsistentRead=True, Limit=1, ProjectionExpression=name,
            KeyConditionExpression=f"{name} = :id", ExpressionAttributeValues={":id": item[name]},
        )  # fmt: skip
        return bool(found["Items"])
