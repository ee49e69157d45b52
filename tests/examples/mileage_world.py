"""A registry, and a report about its cars, in memory."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mileage.consumer import Consumer, RaceLost
from mileage.events import CarEvent, CarId
from mileage.report import Car, Change, OwnerId

CAR = CarId("01a206e7-d420-7708-b4e8-81bbfc74de67")
ANNA, BORIS = OwnerId("ad4181f8-c33f-4e81-9d9e-0896188d73f0"), OwnerId("5f0c5bd4-9d1e-4a3c-8c53-9c4c9d1f4c11")
PAGE = 3

Happening = tuple[str, dict[str, Any]]
Line = tuple[int, int]
"""Cars owned, and miles driven."""


def created(owner: str = ANNA, mileage: int = 100) -> Happening:
    return "Created", {"owner": owner, "mileage": mileage, "color": "black"}


def driven_to(mileage: int) -> Happening:
    return "MileageChanged", {"mileage": mileage}


def sold_to(owner: str) -> Happening:
    return "OwnerChanged", {"owner": owner}


def painted() -> Happening:
    return "ColorChanged", {"color": "red"}


def inspected() -> Happening:
    """An event of a type that nobody here has heard of."""
    return "Inspected", {"passed": True}


def deleted() -> Happening:
    return "Deleted", {}


def story(*happenings: Happening, car_id: CarId = CAR) -> list[CarEvent]:
    """Number what happened to a car."""
    return [CarEvent(car_id, version, kind, data) for version, (kind, data) in enumerate(happenings, start=1)]


def message(event: CarEvent) -> str:
    """Write an event as the topic tells it."""
    return json.dumps({
        "specversion": "1.0", "id": f"{event.car_id}/{event.version}", "source": "tag:example.com,2026:cars/cars-local",
        "type": f"com.example.car.{event.type}", "subject": event.car_id, "time": "2026-11-01T12:00:00.000Z",
        "datacontenttype": "application/json", "dataschema": f"tag:example.com,2026:schemas/cars/{event.type}/1",
        "sequence": str(event.version).zfill(10), "carversion": event.version,
        "correlationid": "c", "commandid": "d", "data": event.data,
    })  # fmt: skip


def record(number: int, body: str) -> dict[str, str]:
    """Make what a function is given of a message."""
    return {"messageId": f"message-{number}", "body": body}


class Crashed(Exception):
    pass


@dataclass
class MemoryStore:
    """Implements the port `Store`; crashes before or after it wrote, as `faults` say, one a write, until they end."""

    cars: dict[CarId, Car] = field(default_factory=dict[CarId, Car])
    report: dict[OwnerId, Line] = field(default_factory=dict[OwnerId, Line])
    faults: Iterator[str] = field(default_factory=lambda: iter(()))
    writes: int = 0

    def car(self, car_id: CarId) -> Car:
        return self.cars.get(car_id, Car(car_id))

    def move(self, before: Car, after: Car, changes: Sequence[Change]) -> None:
        fault = next(self.faults, "")
        if fault == "before":
            raise Crashed
        if self.car(before.car_id).version != before.version:
            raise RaceLost
        self.writes += 1
        self.cars[before.car_id] = after
        for change in changes:
            cars, miles = self.report.get(change.owner, (0, 0))
            self.report[change.owner] = (cars + change.cars, miles + change.miles)
        if fault == "after":
            raise Crashed


@dataclass
class MemoryLog:
    """Implements the port `Log`; `asked` has the versions after which it was asked."""

    events: Mapping[CarId, Sequence[CarEvent]]
    asked: list[int] = field(default_factory=list[int])

    def pages_after(self, car_id: CarId, version: int) -> Iterator[Sequence[CarEvent]]:
        self.asked.append(version)
        following = self.events.get(car_id, ())[version:]
        for start in range(0, len(following) + 1, PAGE):  # a full last page is followed by an empty one, as in the API
            yield following[start : start + PAGE]


def no_pause(attempt: int) -> None:
    pass


def consumer(store: MemoryStore, log: MemoryLog) -> Consumer:
    return Consumer(store, log, no_pause)


def report_of(*stories: Sequence[CarEvent]) -> dict[OwnerId, Line]:
    """Return the report after each event arrived once, in order."""
    store = MemoryStore()
    for events in stories:
        for event in events:
            consumer(store, MemoryLog({})).take(event)
    return store.report
