"""The code of a later day, put over today's: cars have plates, and may be yellow.

`Created` has a field more and `ColorChanged` a value more, so both have a newer schema version; `PlateChanged` is new;
and the state has a field more, so the fold has another number. This is all that such a change takes in the domain.
"""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pytest

from cars.adapters.dynamodb import commit_item
from cars.domain import car, mapping, representation, root, stored_events
from cars.domain.car import Car, CarChanged, ChangeCar, ColorChanged
from cars.domain.reading import InvalidValue, reader_of
from cars.domain.representation import READERS
from cars.domain.root import CarEvent, Created
from cars.domain.stored_events import SCHEMA_VERSIONS, UPCASTERS, StoredEvent, write_event
from cars.domain.values import Color
from tests.support.cars import car_created
from trigger_pattern import Refused

NEWER_FOLD = root.FOLD_VERSION + 1
_WRITTEN = (write_event(car_created()), write_event(ColorChanged(Color.RED)))
TODAY = {stored["type"]: stored["schemaVersion"] for stored in _WRITTEN}
"""The schema versions of what changes, as today's code writes them."""
KNOWN = dict(SCHEMA_VERSIONS)
NEWER = {"Created": KNOWN["Created"] + 1, "ColorChanged": KNOWN["ColorChanged"] + 1, "PlateChanged": 1}
"""The schema versions that the newer code adds."""
WRITERS = (commit_item, stored_events)


class NewerColor(StrEnum):
    RED = "red"
    WHITE = "white"
    BLUE = "blue"
    BLACK = "black"
    YELLOW = "yellow"


@dataclass(frozen=True)
class CarWithPlate(Car):
    plate: str


@dataclass(frozen=True)
class PlateChanged:
    plate: str


@dataclass(frozen=True)
class ChangePlate:
    plate: str


def read_plate(value: object) -> str:
    if isinstance(value, str):
        return value
    raise InvalidValue("a plate")


def represent(newer: Car) -> dict[str, str | int]:
    assert isinstance(newer, CarWithPlate)
    return {**representation.represent(newer), "plate": newer.plate}


def compare(current: CarWithPlate, proposed: CarWithPlate) -> tuple[ChangeCar | ChangePlate, ...]:
    plate = (ChangePlate(proposed.plate),) if proposed.plate != current.plate else ()
    return (*car.compare(current, proposed), *plate)


def change(current: Car, trigger: ChangeCar | ChangePlate) -> CarChanged | PlateChanged | Refused:
    return PlateChanged(trigger.plate) if isinstance(trigger, ChangePlate) else car.change(current, trigger)


def add_a_plate(data: dict[str, Any]) -> dict[str, Any]:
    """Lift `Created` to its newer version."""
    return {**data, "plate": "unknown"}


def keep(data: dict[str, Any]) -> dict[str, Any]:
    """Lift `ColorChanged` to its newer version: what was a color still is."""
    return data


def write_newer(event: CarEvent) -> StoredEvent:
    """Write an event as the newer code does."""
    stored = write_event(event)
    data = represent(event.car) if isinstance(event, Created) else stored["data"]
    return {**stored, "schemaVersion": NEWER.get(stored["type"], stored["schemaVersion"]), "data": dict(data)}


def write_as_before(event: CarEvent) -> StoredEvent:
    """Write an event as today's code does."""
    stored = write_event(event)
    data = {name: value for name, value in stored["data"].items() if name != "plate"}
    return {**stored, "schemaVersion": TODAY.get(stored["type"], stored["schemaVersion"]), "data": data}


@contextmanager
def newer_code(write: Callable[[CarEvent], StoredEvent] = write_newer) -> Generator[None]:
    """Have the newer code instead of today's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(READERS, "color", reader_of(NewerColor))
        patch.setitem(READERS, "plate", read_plate)
        patch.setattr(representation, "Car", CarWithPlate)
        patch.setattr(mapping, "compare", compare)
        patch.setattr(root, "change", change)
        patch.setattr(root, "CarChanged", CarChanged | PlateChanged)
        patch.setattr(stored_events, "represent", represent)
        patch.setattr(stored_events, "_CHANGES", {**vars(stored_events)["_CHANGES"], "PlateChanged": PlateChanged})
        for name, version in NEWER.items():
            patch.setitem(SCHEMA_VERSIONS, name, version)
        patch.setitem(UPCASTERS, ("Created", KNOWN["Created"]), add_a_plate)
        patch.setitem(UPCASTERS, ("ColorChanged", KNOWN["ColorChanged"]), keep)
        patch.setattr(commit_item, "FOLD_VERSION", NEWER_FOLD)
        for module in WRITERS:
            patch.setattr(module, "write_event", write)
        yield


def newer_readers() -> AbstractContextManager[None]:
    """Have the first of the newer code's two deploys: it reads what is new, and writes as today's code does."""
    return newer_code(write_as_before)
