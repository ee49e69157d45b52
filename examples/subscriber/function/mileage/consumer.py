"""The consumer: each event takes effect once, however often and in whatever order it is delivered."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from mileage.contract import Decision, decide
from mileage.events import CarEvent, CarId
from mileage.report import Car, Change, follow

RETRIES = 4
"""How often an event is retried at once after a lost race. After that, its message is delivered again."""


class RaceLost(Exception):
    """Another delivery moved this car, or is writing to one of its owners, at this moment."""


class EventsMissing(Exception):
    """The registry's API lacks an event that was published."""


class Store(Protocol):
    """Keeps the cars' versions and the owners' lines."""

    def car(self, car_id: CarId) -> Car:
        """Return what is known about a car; version 0 if that is nothing."""
        ...

    def move(self, before: Car, after: Car, changes: Sequence[Change]) -> None:
        """Write the car and all the changes, or nothing. Raises RaceLost if the car has changed since `before`."""
        ...


class Log(Protocol):
    """The registry's log of a car."""

    def pages_after(self, car_id: CarId, version: int) -> Iterable[Sequence[CarEvent]]:
        """Yield every event after a version, oldest first, in pages; the last page may be empty."""
        ...


@dataclass(frozen=True)
class Consumer:
    """Takes events, in any order and any number of times. `pause` waits after the numbered lost race."""

    store: Store
    log: Log
    pause: Callable[[int], None]

    def take(self, event: CarEvent) -> None:
        """Add an event to the report unless it is in it. After any exception, the event must be delivered again."""
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
        """Apply the registry's events page by page, so that a long log makes progress even if a later page fails."""
        for page in self.log.pages_after(car.car_id, car.version):
            car = self._move(car, page) if page else car
        if car.version < version:
            raise EventsMissing(f"version {version}: the log ends at {car.version}")

    def _move(self, car: Car, events: Sequence[CarEvent]) -> Car:
        moved, changes = follow(car, events)
        self.store.move(car, moved, changes)
        return moved
