"""Cars: the article's aggregate. Values, events, apply, triggers, compare, fire, registration."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import Annotated, Any, NewType, TypeAlias, assert_never
from uuid import UUID

from trigger_pattern import (
    IMMUTABLE,
    Between,
    By,
    Context,
    Creation,
    Deletion,
    Doc,
    Parsed,
    Refusal,
    Refused,
    Resource,
    Words,
    when_changed,
)

# Values


class Make(StrEnum):
    """Who built it."""

    FORD = "Ford"
    BMW = "BMW"


class Model(StrEnum):
    """What the maker calls it."""

    ESCAPE = "Escape"
    F150 = "F150"
    M3 = "M3"
    M5 = "M5"


class CarType(Enum):
    """A model of its make, with the first year in which it was built."""

    FORD_ESCAPE = (Make.FORD, Model.ESCAPE, 2000)
    FORD_F150 = (Make.FORD, Model.F150, 1975)
    BMW_M3 = (Make.BMW, Model.M3, 1986)
    BMW_M5 = (Make.BMW, Model.M5, 1985)

    def __init__(self, make: Make, model: Model, first_year: int) -> None:
        self.make = make
        self.model = model
        self.first_year = first_year


def models_of(make: Make) -> list[Model]:
    """Return the models of a make."""
    return [car_type.model for car_type in CarType if car_type.make is make]


class Color(StrEnum):
    """Red, white and blue are the article's; black is in its example."""

    RED = "red"
    WHITE = "white"
    BLUE = "blue"
    BLACK = "black"


class Condition(StrEnum):
    """From best to worst."""

    EXCELLENT = "excellent"
    GOOD = "good"
    AVERAGE = "average"
    POOR = "poor"


def read_vin(text: str) -> "Vin":
    """Read a vehicle identification number (ISO 3779), upper-cased. Raises ValueError."""
    if re.fullmatch(r"[A-HJ-NPR-Za-hj-npr-z0-9]{17}", text):
        return Vin(text.upper())
    raise ValueError("17 letters and digits without I, O and Q")


VIN = Parsed(
    read_vin,
    accepts={"type": "string", "pattern": "^[A-HJ-NPR-Za-hj-npr-z0-9]{17}$"},
    stores={"type": "string", "pattern": "^[A-HJ-NPR-Z0-9]{17}$"},
    most=17,
)
YEAR = Between(1975, 9999, accepts=(1000, 9999), says="a year, a whole number of four digits")
MILES = Between(0, 9_999_999, accepts=(-9_999_999, 9_999_999), says="a whole number of at most 9999999")

MODELS = "; ".join(f"{make} {' or '.join(models_of(make))}" for make in Make)

Vin = NewType("Vin", str)
OwnerId = NewType("OwnerId", UUID)

Paint: TypeAlias = Annotated[Color, Doc("The paint's color")]
Mileage: TypeAlias = Annotated[int, MILES, Doc("What the odometer shows, in miles; it never goes down")]
Owner: TypeAlias = Annotated[OwnerId, Doc("Whose it is: a UUID in lower case, not the nil UUID")]
State: TypeAlias = Annotated[Condition, Doc("From best to worst")]


@dataclass(frozen=True)
class Car:
    """A registered car. Mileage in miles."""

    year: Annotated[int, YEAR, IMMUTABLE, Doc("The model year")]
    make: Annotated[Make, IMMUTABLE, Doc("Who built it")]
    model: Annotated[Model, IMMUTABLE, Doc(f"What the maker calls it: {MODELS}")]
    vin: Annotated[Vin, VIN, IMMUTABLE, Doc("The vehicle identification number (ISO 3779), in upper case")]
    color: Paint
    mileage: Mileage
    owner: Owner
    condition: State


# Events, in the past tense, each with nothing but what changed. Their names and fields are the stored format.


class Created(Creation[Car]):
    """The car was registered."""


@dataclass(frozen=True)
class ColorChanged:
    """The car has another color."""

    color: Paint


@dataclass(frozen=True)
class MileageChanged:
    """The car was driven."""

    mileage: Mileage


@dataclass(frozen=True)
class OwnerChanged:
    """The car has another owner."""

    owner: Owner


@dataclass(frozen=True)
class ConditionChanged:
    """The car is in another condition."""

    condition: State


class Deleted(Deletion):
    """The car left the registry, for ever."""


Event: TypeAlias = ColorChanged | MileageChanged | OwnerChanged | ConditionChanged


def apply(car: Car, event: Event) -> Car:
    """Return the car after an event."""
    match event:
        case ColorChanged(color):
            return replace(car, color=color)
        case MileageChanged(mileage):
            return replace(car, mileage=mileage)
        case OwnerChanged(owner):
            return replace(car, owner=owner)
        case ConditionChanged(condition):
            return replace(car, condition=condition)
        case _:
            assert_never(event)


# Triggers, in the imperative: explicit intent


@dataclass(frozen=True)
class ChangeColor:
    """Give the car this color."""

    color: Color


@dataclass(frozen=True)
class UpdateMileage:
    """Note what the odometer shows."""

    mileage: int


@dataclass(frozen=True)
class ChangeOwner:
    """Hand the car over to this owner."""

    owner: OwnerId


@dataclass(frozen=True)
class UpdateCondition:
    """Note the condition that the car is in."""

    condition: Condition


Trigger: TypeAlias = ChangeColor | UpdateMileage | ChangeOwner | UpdateCondition


def compare(current: Car, proposed: Car) -> Iterator[Trigger]:
    """Yield the triggers that lead from one car to the other, in the article's order."""
    yield from when_changed(current.color, proposed.color, ChangeColor)
    yield from when_changed(current.mileage, proposed.mileage, UpdateMileage)
    yield from when_changed(current.owner, proposed.owner, ChangeOwner)
    yield from when_changed(current.condition, proposed.condition, UpdateCondition)


def fire(car: Car, trigger: Trigger, _: Context) -> Event | Refused:
    """Return the event that a trigger causes, or why it causes none."""
    match trigger:
        case ChangeColor(color):
            return ColorChanged(color)
        case UpdateMileage(mileage):
            return MileageChanged(mileage) if mileage > car.mileage else Refused.because(not_greater(car.mileage))
        case ChangeOwner(owner):
            return OwnerChanged(owner)
        case UpdateCondition(condition):
            return ConditionChanged(condition)
        case _:
            assert_never(trigger)


# Refusals

NEGATIVE_MILEAGE = Refusal("negative-mileage", "The mileage cannot be below zero.", "/mileage")


def not_greater(mileage: int) -> Refusal:
    """Return the refusal of a mileage that does not go up."""
    return Refusal("mileage-not-greater", f"The mileage must be greater than {mileage}.", "/mileage")


def invalid_year(car_type: CarType, latest: int | str) -> Refusal:
    """Return the refusal of a year in which this car was not built."""
    name = f"{car_type.make} {car_type.model}"
    return Refusal("invalid-year", f"A {name} has a year from {car_type.first_year} to {latest}.", "/year")


def opening(car: Car, context: Context) -> Iterator[Refusal]:
    """Yield why a car may not be registered. The newest model year is the next."""
    car_type = next(each for each in CarType if each.make is car.make and each.model is car.model)
    latest = context.now.year + 1
    if not car_type.first_year <= car.year <= latest:
        yield invalid_year(car_type, latest)
    if car.mileage < 0:
        yield NEGATIVE_MILEAGE


def check(car: Car) -> Iterator[Refusal]:
    """Yield the faults between fields: a model of another make does not exist."""
    models = models_of(car.make)
    if car.model not in models:
        yield Refusal("invalid-value", f"Expected a model of {car.make}: {', '.join(models)}.", "/model")


def _make_with_models(make: Make) -> dict[str, Any]:
    models = [model.value for model in models_of(make)]
    return {"properties": {"make": {"const": make.value}, "model": {"enum": models}}}


CARS: Resource[Car, Trigger, Event] = Resource(
    name="car",
    plural="cars",
    of=Car,
    created=Created,
    deleted=Deleted,
    compare=compare,
    fire=fire,
    apply=apply,
    opening=opening,
    check=check,
    refusals=(invalid_year(CarType.BMW_M3, "next year"), not_greater(15000), NEGATIVE_MILEAGE),
    lists=(
        By(("owner",)),
        By(("vin",)),
        By(("make", "model"), then="color", index="byModelColor"),
        By(("make", "model"), then="condition", index="byModelCondition"),
    ),
    filters=("make",),
    words=Words(
        exists="A car with this id is already registered.",
        not_found="No car with this id was ever registered.",
        deleted="This car was deleted, and its id is never used again.",
        immutable="The {field} of a registered car cannot change.",
        unknown="A car has no such field.",
    ),
    schema_extras={"oneOf": [_make_with_models(make) for make in Make]},
)
