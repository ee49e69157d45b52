"""Prove that the events table and the view are sound, aggregate by aggregate."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from itertools import groupby, islice
from threading import Event

from tools.ops.history.life import Chapter, Fault, Life
from tools.ops.scanning import EventsTable, Item, Order, side_by_side
from tools.ops.verify.batches import BATCH_SIZE
from tools.ops.verify.event_schemas import EventSchemas
from tools.ops.verify.view_check import ViewCheck

MOST_SUSPECTS = 1_000
"""Aggregates of a segment that wait for the view together."""


@dataclass
class Tally:
    """What was read. `states` is how many were compared with the fold, `other_folds` how many another fold made."""

    aggregates: int = 0
    commits: int = 0
    events: int = 0
    states: int = 0
    other_folds: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Add up."""
        return Tally(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    def note(self, chapter: Chapter) -> None:
        """Count a commit."""
        self.commits += 1
        self.states += chapter.compared
        if chapter.commit:
            self.events += len(chapter.commit.events)
            self.other_folds += chapter.other_fold


@dataclass(frozen=True)
class Verification:
    """One verification. `read` hears of each commit read, `fault` of each fault; both in many threads."""

    table: EventsTable
    schemas: EventSchemas
    view: ViewCheck
    read: Callable[[int], None]
    fault: Callable[[Fault], None]

    def run(self, segments: int) -> Tally:
        """Verify every aggregate, in so many threads; memory does not grow with the table. Raises DynamoDB's faults."""
        return sum(side_by_side(segments, lambda number, stop: self._segment(number, segments, stop)), Tally())

    def _segment(self, number: int, segments: int, stop: Event) -> Tally:
        tally, suspects = Tally(), list[Life]()
        lives = self._lives(self._items(number, segments, stop), tally)
        while batch := list(islice(lives, BATCH_SIZE)):
            suspects += [life for life, _ in self.view.differing(batch)]
            if len(suspects) >= MOST_SUSPECTS:
                self._settle(suspects, stop)
                suspects = []
        self._settle(suspects, stop)
        return tally

    def _items(self, number: int, segments: int, stop: Event) -> Iterator[Item]:
        order = Order(self.table)
        for page in self.table.scan(number, segments):
            if stop.is_set():
                return
            yield from order.of(page.items)

    def _lives(self, items: Iterable[Item], tally: Tally) -> Iterator[Life]:
        resource = self.table.resource
        for aggregate_id, commits in groupby(items, key=lambda item: str(item[resource.id]["S"])):
            life = Life(resource, aggregate_id)
            for item in commits:
                self._follow(life, item, tally)
            tally.aggregates += 1
            yield life

    def _follow(self, life: Life, item: Item, tally: Tally) -> None:
        chapter = life.follow(item)
        tally.note(chapter)
        for fault in (*chapter.faults, *(self.schemas.faults(self.table.resource, item) if chapter.is_known else ())):
            self.fault(fault)
        self.read(1)

    def _settle(self, suspects: list[Life], stop: Event) -> None:
        for fault in self.view.settle(suspects, stop):
            self.fault(fault)
