"""The car and how it changes: for each changeable field its event, its trigger, and what the trigger causes.

A new changeable field is added here, beside `color` wherever that stands, and in `representation`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar, assert_never

from cars.domain import refusals
from cars.domain.values import CarId, CarType, Color, Condition, OwnerId, Vin
from trigger_pattern import Refused


@dataclass(frozen=True)
class Car:
    """A registered car. Mileage in miles."""

    car_id: CarId
    year: int
    car_type: CarType
    vin: Vin
    color: Color
    mileage: int
    owner: OwnerId
    condition: Condition


# Events, in the past tense, each with nothing but what changed. Their names and fields are the stored format: see
# `stored_events` before changing one.


@dataclass(frozen=True)
class ColorChanged:
    """The car has another color."""

    color: Color


@dataclass(frozen=True)
class MileageChanged:
    """The car was driven."""

    mileage: int


@dataclass(frozen=True)
class OwnerChanged:
    """The car has another owner."""

    owner: OwnerId


@dataclass(frozen=True)
class ConditionChanged:
    """The car is in another condition."""

    condition: Condition


CarChanged: TypeAlias = ColorChanged | MileageChanged | OwnerChanged | ConditionChanged


# Triggers, in the imperative: explicit intent.


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


ChangeCar: TypeAlias = ChangeColor | UpdateMileage | ChangeOwner | UpdateCondition

Value = TypeVar("Value")


def compare(current: Car, proposed: Car) -> tuple[ChangeCar, ...]:
    """Find the triggers that lead from one car to the other, in the order of firing; none where nothing changes."""

    def evaluate(trigger: Callable[[Value], ChangeCar], now: Value, then: Value) -> tuple[ChangeCar, ...]:
        return () if now == then else (trigger(then),)

    return (
        *evaluate(ChangeColor, current.color, proposed.color),
        *evaluate(UpdateMileage, current.mileage, proposed.mileage),
        *evaluate(ChangeOwner, current.owner, proposed.owner),
        *evaluate(UpdateCondition, current.condition, proposed.condition),
    )


def change(car: Car, trigger: ChangeCar) -> CarChanged | Refused:
    """Turn a trigger into the event that it causes, or refuse it."""
    match trigger:
        case ChangeColor(color):
            return ColorChanged(color)
        case UpdateMileage(mileage):
            return MileageChanged(mileage) if mileage > car.mileage else refusals.mileage_not_greater(car.mileage)
        case ChangeOwner(owner):
            return OwnerChanged(owner)
        case UpdateCondition(condition):
            return ConditionChanged(condition)
        case _:
            assert_never(trigger)
