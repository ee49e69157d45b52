"""Send the history of cars again, each car's events in order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from threading import Event

from cars.adapters.dynamodb.commit_item import CorruptItem, read_stored
from cars.application.commits import PublishedEvent, events_of
from cars.application.publishing import Broadcaster, MakeOf, NoMake, SetAside
from cars.domain.stored_events import CorruptEvent
from tools.cars.replay.plan import Place, Progress
from tools.cars.scanning import EventsTable, Item, Order, Page, side_by_side, version


class Gap(Exception):
    """A car's versions have a gap before this commit."""


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
        history = History(Order(self.table, **place.order), self.broadcaster.make_of, self.progress)
        if place.done:
            return
        for page in self._pages(number, place):
            for items, after in _chunks(page, self.chunk):
                self.broadcaster.publish(filter(self.progress.plan.wants, history.events(items)))
                self.progress.reached(number, Place(after, history.place(), after is None))
                self.read(len(items))
                if stop.is_set():
                    return

    def _pages(self, number: int, place: Place) -> Iterator[Page]:
        plan = self.progress.plan
        if plan.car:
            return self.table.car(plan.car, after=place.after)
        return self.table.scan(number, plan.segments, place.after)


def _chunks(page: Page, size: int) -> Iterator[tuple[list[Item], Item | None]]:
    """Give a page in parts, each with the key after which it goes on; None after the last part of the last page."""
    for start in range(0, len(page.items) or 1, size):
        part = page.items[start : start + size]
        is_last = start + size >= len(page.items)
        yield part, page.end if is_last else {name: part[-1][name] for name in ("carId", "version")}


@dataclass
class History:
    """Reads the commits of cars in order. A car is left at the first commit that cannot be read, or after a gap."""

    order: Order
    make_of: MakeOf
    faults: SetAside
    _left: str = ""

    def place(self) -> dict[str, str | int | bool]:
        """Give what `Order` needs to go on after this page."""
        order = self.order
        return {"car_id": order.car_id, "due": order.due, "read_on": order.read_on, "whole": order.whole}

    def events(self, items: Iterable[Item]) -> Iterator[PublishedEvent]:
        """Return the events of a page's commits, as they are published: those of newer code as they are stored."""
        for item in self.order.of(items):
            if item["carId"]["S"] == self._left:
                continue
            try:
                yield from self._events(item)
            except (CorruptItem, CorruptEvent, NoMake, Gap) as reason:
                self._left, self.order.whole = item["carId"]["S"], False
                self.faults.set_aside(self._left, version(item), f"{type(reason).__name__}: {reason}")

    def _events(self, item: Item) -> tuple[PublishedEvent, ...]:
        if not self.order.whole:
            raise Gap("what came before is missing, or cannot be read")
        commit = read_stored(item)
        return events_of(commit, self.make_of(commit))
