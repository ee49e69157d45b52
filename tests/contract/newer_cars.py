"""`resources/cars.py` as it may be one day: cars have plates, and may be yellow.

`Created` has a field more and `ColorChanged` a value more, so both have a newer schema version; `PlateChanged` is new;
and the state has a field more, so the fold has another number. This is all that such a change takes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Final, TypeAlias, assert_never

from resources.cars import (
    CARS,
    VIN,
    YEAR,
    ChangeOwner,
    ConditionChanged,
    Make,
    Mileage,
    MileageChanged,
    Model,
    Owner,
    OwnerChanged,
    State,
    UpdateCondition,
    UpdateMileage,
    Vin,
    not_greater,
)
from trigger_pattern import IMMUTABLE, Context, Creation, Doc, Length, Refused, when_changed
from trigger_pattern.definition.codecs import Json
from trigger_pattern.definition.resource import AnyResource


class Color(StrEnum):
    RED = "red"
    WHITE = "white"
    BLUE = "blue"
    BLACK = "black"
    YELLOW = "yellow"


Paint: TypeAlias = Annotated[Color, Doc("The paint's color")]
Plate: TypeAlias = Annotated[str, Length(1, 12), Doc("What is on its plate")]


@dataclass(frozen=True)
class Car:
    year: Annotated[int, YEAR, IMMUTABLE]
    make: Annotated[Make, IMMUTABLE]
    model: Annotated[Model, IMMUTABLE]
    vin: Annotated[Vin, VIN, IMMUTABLE]
    color: Paint
    mileage: Mileage
    owner: Owner
    condition: State
    plate: Plate


class Created(Creation[Car]):
    """The car was registered."""


@dataclass(frozen=True)
class ColorChanged:
    """The car has another color."""

    color: Paint


@dataclass(frozen=True)
class PlateChanged:
    """The car has another plate."""

    plate: Plate


Event: TypeAlias = ColorChanged | MileageChanged | OwnerChanged | ConditionChanged | PlateChanged


def apply(car: Car, event: Event) -> Car:
    match event:
        case ColorChanged(color):
            return replace(car, color=color)
        case MileageChanged(mileage):
            return replace(car, mileage=mileage)
        case OwnerChanged(owner):
            return replace(car, owner=owner)
        case ConditionChanged(condition):
            return replace(car, condition=condition)
        case PlateChanged(plate):
            return replace(car, plate=plate)
        case _:
            assert_never(event)


@dataclass(frozen=True)
class ChangeColor:
    color: Color


@dataclass(frozen=True)
class ChangePlate:
    plate: str


Trigger: TypeAlias = ChangeColor | UpdateMileage | ChangeOwner | UpdateCondition | ChangePlate


def compare(current: Car, proposed: Car) -> Iterator[Trigger]:
    yield from when_changed(current.color, proposed.color, ChangeColor)
    yield from when_changed(current.mileage, proposed.mileage, UpdateMileage)
    yield from when_changed(current.owner, proposed.owner, ChangeOwner)
    yield from when_changed(current.condition, proposed.condition, UpdateCondition)
    yield from when_changed(current.plate, proposed.plate, ChangePlate)


def fire(car: Car, trigger: Trigger, _: Context) -> Event | Refused:
    match trigger:
        case ChangeColor(color):
            return ColorChanged(color)
        case UpdateMileage(mileage):
            return MileageChanged(mileage) if mileage > car.mileage else Refused.because(not_greater(car.mileage))
        case ChangeOwner(owner):
            return OwnerChanged(owner)
        case UpdateCondition(condition):
            return ConditionChanged(condition)
        case ChangePlate(plate):
            return PlateChanged(plate)
        case _:
            assert_never(trigger)


def add_a_plate(data: dict[str, Json]) -> dict[str, Json]:
    """Lift `Created` to its newer version."""
    return {**data, "plate": "unknown"}


def keep(data: dict[str, Json]) -> dict[str, Json]:
    """Lift `ColorChanged` to its newer version: what was a color still is."""
    return data


TODAY: Final[AnyResource] = CARS
NEWER_CARS: Final[AnyResource] = replace(
    TODAY,
    of=Car,
    created=Created,
    compare=compare,
    fire=fire,
    apply=apply,
    fold_version=TODAY.fold_version + 1,
    upcasters={
        **TODAY.upcasters,
        "Created": (*TODAY.upcasters.get("Created", ()), add_a_plate),
        "ColorChanged": (*TODAY.upcasters.get("ColorChanged", ()), keep),
    },
)
