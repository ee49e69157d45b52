"""The effect of an event on its car, and on the lines of its owners."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NewType

from mileage.events import CarEvent, CarId

OwnerId = NewType("OwnerId", str)


class OutOfPlace(Exception):
    """An event that cannot follow the car's known events."""


class UnknownSchema(Exception):
    """An event that counts, in a schema that this code does not know: it waits for newer code."""


SCHEMA_VERSIONS = {"Created": 1, "MileageChanged": 1, "OwnerChanged": 1, "Deleted": 1}
"""The events that count, and the schema version in which this code reads each."""


@dataclass(frozen=True)
class Car:
    """A car as the report needs it. Version 0 is an unknown car; a deleted car has no owner."""

    car_id: CarId
    version: int = 0
    owner: OwnerId | None = None
    mileage: int = 0


@dataclass(frozen=True)
class Change:
    """The numbers to add to an owner's line: cars owned now, and miles driven while they were owned."""

    owner: OwnerId
    cars: int = 0
    miles: int = 0


def follow(car: Car, events: Iterable[CarEvent]) -> tuple[Car, list[Change]]:
    """Return the car after its next events, and one change for each owner.

    Raises OutOfPlace, NotAnEvent, UnknownSchema.

    Each owner in between gets a change, if only of zeros. So the report is the same whether events come one by one or
    many at a time.
    """
    sums: dict[OwnerId, Change] = {}
    for event in events:
        car, changes = _apply(car, event)
        for change in changes:
            sums[change.owner] = _add(sums.get(change.owner, Change(change.owner)), change)
    return car, list(sums.values())


def _apply(car: Car, event: CarEvent) -> tuple[Car, tuple[Change, ...]]:
    if event.version != car.version + 1:
        raise OutOfPlace(f"version {event.version} after {car.version}")
    if SCHEMA_VERSIONS.get(event.type, event.schema_version) != event.schema_version:
        raise UnknownSchema(f"{event.type}, schema version {event.schema_version}")
    moved = replace(car, version=event.version)
    match event.type:
        case "Created":
            owner = OwnerId(event.text("owner"))
            return replace(moved, owner=owner, mileage=event.number("mileage")), (Change(owner, cars=1),)
        case "MileageChanged":
            mileage = event.number("mileage")
            return replace(moved, mileage=mileage), (Change(_owner(car), miles=mileage - car.mileage),)
        case "OwnerChanged":
            owner = OwnerId(event.text("owner"))
            return replace(moved, owner=owner), (Change(_owner(car), cars=-1), Change(owner, cars=1))
        case "Deleted":
            return replace(moved, owner=None), (Change(_owner(car), cars=-1),)
        case _:  # of no interest here, or of a type that is newer than this code
            return moved, ()


def _owner(car: Car) -> OwnerId:
    if car.owner is None:
        raise OutOfPlace(f"version {car.version + 1} of a car without an owner")
    return car.owner


def _add(one: Change, other: Change) -> Change:
    return replace(one, cars=one.cars + other.cars, miles=one.miles + other.miles)
