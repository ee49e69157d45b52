"""The consumer contract at work: each event takes effect once, whatever happens on its way here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from mileage.contract import Decision, decide
from mileage.events import CarEvent, CarId
from mileage.report import Car, Change, follow

RETRIES = 4
"""How often an event is tried again at once after a lost race; then its message waits to be delivered again."""


class RaceLost(Exception):
    """Another delivery moved this car, or is writing to one of its owners, at this moment."""


class EventsMissing(Exception):
    """The registry does not give an event that it published."""


class Store(Protocol):
    """Where the cars' versions and the owners' lines are kept."""

    def car(self, car_id: CarId) -> Car:
        """Give what is known of a car, also where that is nothing."""
        ...

    def move(self, before: Car, after: Car, changes: Sequence[Change]) -> None:
        """Write the car and all the changes, or nothing: RaceLost unless the car is still as it was before."""
        ...


class Log(Protocol):
    """The registry's log of a car."""

    def pages_after(self, car_id: CarId, version: int) -> Iterable[Sequence[CarEvent]]:
        """Give every event after a version, oldest first, in pages; the last one may be empty."""
        ...


@dataclass(frozen=True)
class Consumer:
    """Takes events, in any order and any number of times. `pause` waits after the numbered lost race."""

    store: Store
    log: Log
    pause: Callable[[int], None]

    def take(self, event: CarEvent) -> None:
        """See to it that the report covers this event; whatever is raised wants the event delivered again."""
        for attempt in range(RETRIES):
            try:
                return self._take(event)
            except RaceLost:
                self.pause(attempt)
        return self._take(event)

    def _take(self, event: CarEvent) -> None:
        car = self.store.car(event.car_id)
        match decide(car.version, event.version):
            case Decision.DROP:
                pass
            case Decision.ACCEPT:
                self._move(car, [event])
            case Decision.FETCH:
                self._catch_up(car, event.version)

    def _catch_up(self, car: Car, version: int) -> None:
        """Apply what the registry has, page by page, so that a long log that takes several tries gets on with each."""
        for page in self.log.pages_after(car.car_id, car.version):
            car = self._move(car, page) if page else car
        if car.version < version:
            raise EventsMissing(f"version {version}: the log ends at {car.version}")

    def _move(self, car: Car, events: Sequence[CarEvent]) -> Car:
        moved, changes = follow(car, events)
        self.store.move(car, moved, changes)
        return moved
