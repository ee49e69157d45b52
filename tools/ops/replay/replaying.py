"""Send history again, each aggregate's events in order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from threading import Event

from tools.ops.replay.plan import Place, Progress
from tools.ops.scanning import EventsTable, Item, Order, Page, side_by_side, version
from trigger_pattern.application.commits import PublishedEvent, events_of
from trigger_pattern.application.publishing import Broadcaster, FiltersOf, NoFilters, SetAside
from trigger_pattern.aws.dynamodb.commit_item import CorruptItem, read_stored
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import CorruptEvent


class Gap(Exception):
    """An aggregate's versions have a gap before this commit."""


@dataclass(frozen=True)
class Replay:
    """One replay. `read` hears of each commit read, in many threads."""

    table: EventsTable
    broadcaster: Broadcaster
    progress: Progress
    read: Callable[[int], None]
    stop: Event
    chunk: int
    """Commits between two notes of how far a segment is: what may be sent twice after Ctrl-C or a crash."""

    def run(self) -> None:
        """Send everything that is not sent yet. Raises PublishingFailed and AWS's faults; it can go on after each.

        `stop` is set when one segment failed, or at Ctrl-C; the chunks at hand are then sent again when it goes on.
        """
        segments = self.progress.plan.segments
        for _ in side_by_side(segments, self._segment, self.stop):
            pass

    def _segment(self, number: int, stop: Event) -> None:
        place = self.progress.place(number)
        history = History(
            self.table.resource, Order(self.table, **place.order), self.broadcaster.filters_of, self.progress
        )
        if place.done:
            return
        for page in self._pages(number, place):
            for items, after in _chunks(self.table.resource, page, self.chunk):
                self.broadcaster.publish(filter(self.progress.plan.wants, history.events(items)))
                self.progress.reached(number, Place(after, history.place(), after is None))
                self.read(len(items))
                if stop.is_set():
                    return

    def _pages(self, number: int, place: Place) -> Iterator[Page]:
        plan = self.progress.plan
        if plan.aggregate_id:
            return self.table.commits(plan.aggregate_id, after=place.after)
        return self.table.scan(number, plan.segments, place.after)


def _chunks(resource: AnyResource, page: Page, size: int) -> Iterator[tuple[list[Item], Item | None]]:
    """Yield a page in parts, each with the key after which it goes on; None after the last part of the last page."""
    for start in range(0, len(page.items) or 1, size):
        part = page.items[start : start + size]
        is_last = start + size >= len(page.items)
        yield part, page.end if is_last else {name: part[-1][name] for name in (resource.id, "version")}


@dataclass
class History:
    """Reads the commits of aggregates in order. Leaves one at its first commit that cannot be read, or after a gap."""

    resource: AnyResource
    order: Order
    filters_of: FiltersOf
    faults: SetAside
    _left: str = ""

    def place(self) -> dict[str, str | int | bool]:
        """Return what `Order` needs to go on after this page."""
        order = self.order
        return {"aggregate_id": order.aggregate_id, "due": order.due, "read_on": order.read_on, "whole": order.whole}

    def events(self, items: Iterable[Item]) -> Iterator[PublishedEvent]:
        """Return the events of a page's commits, as they are published: those of newer code as they are stored."""
        for item in self.order.of(items):
            aggregate_id = item[self.resource.id]["S"]
            if aggregate_id == self._left:
                continue
            try:
                yield from self._events(item)
            except (CorruptItem, CorruptEvent, NoFilters, Gap) as reason:
                self._left, self.order.whole = aggregate_id, False
                self.faults.set_aside(self._left, version(item), f"{type(reason).__name__}: {reason}")

    def _events(self, item: Item) -> tuple[PublishedEvent, ...]:
        if not self.order.whole:
            raise Gap("what came before is missing, or cannot be read")
        commit = read_stored(self.resource, item)
        return events_of(self.resource, commit, self.filters_of(commit))
