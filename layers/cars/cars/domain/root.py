"""The aggregate root: a car's whole life, from before it is registered until after it is deleted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias, assert_never

from cars.domain import refusals
from cars.domain.car import Car, CarChanged, ChangeCar, change
from trigger_pattern import AggregateRoot, Refusal, Refused

FOLD_VERSION = 1
"""Raise it when `apply` gives another state for the same events; stored states are then folded again."""


@dataclass(frozen=True)
class NotRegistered:
    """The state before the first event."""


@dataclass(frozen=True)
class Gone:
    """The state after `Deleted`, with the car as it last was."""

    car: Car


CarState: TypeAlias = NotRegistered | Car | Gone


@dataclass(frozen=True)
class Created:
    """Event: the car was registered."""

    car: Car


@dataclass(frozen=True)
class Deleted:
    """Event: the car left the registry, for ever."""


CarEvent: TypeAlias = Created | CarChanged | Deleted


@dataclass(frozen=True)
class Create:
    """Trigger: register this car."""

    car: Car


@dataclass(frozen=True)
class Delete:
    """Trigger: take the car out of the registry."""


CarTrigger: TypeAlias = Create | ChangeCar | Delete


def apply(state: CarState, event: CarEvent) -> CarState:
    """Give the state after an event. Raises ValueError for a history that cannot have happened."""
    match state, event:
        case NotRegistered(), Created(car):
            return car
        case Car(), Deleted():
            return Gone(state)
        case Car(), _ if isinstance(event, CarChanged):
            return replace(state, **vars(event))  # a change names the field that it changes
        case _:
            raise ValueError(f"{type(event).__name__} cannot follow {type(state).__name__}")


def fire(state: CarState, trigger: CarTrigger, latest_year: int) -> CarEvent | Refused:
    """Turn a trigger into the event that it causes, or refuse it; `latest_year` is the newest model year there is."""
    match state, trigger:
        case NotRegistered(), Create(car):
            return _create(car, latest_year)
        case NotRegistered(), _:
            return refusals.CAR_NOT_FOUND
        case Gone(), _:
            return refusals.CAR_DELETED
        case Car(), Create():
            return refusals.CAR_ALREADY_EXISTS
        case Car(), Delete():
            return Deleted()
        case Car(), _:
            return change(state, trigger)
        case _:
            assert_never(state)


def _create(car: Car, latest_year: int) -> Created | Refused:
    reasons: list[Refusal] = []
    if not car.car_type.first_year <= car.year <= latest_year:
        reasons.append(refusals.invalid_year(car.car_type, latest_year))
    if car.mileage < 0:
        reasons.append(refusals.NEGATIVE_MILEAGE)
    return Refused(tuple(reasons)) if reasons else Created(car)


def car_root(clock: Callable[[], datetime]) -> AggregateRoot[CarState, CarEvent, CarTrigger]:
    """Make the aggregate root; by `clock`, a car may be of any model year up to the next."""
    return AggregateRoot(
        zero=NotRegistered(),
        apply=apply,
        fire=lambda state, trigger: fire(state, trigger, latest_year=clock().year + 1),
        fold_version=FOLD_VERSION,
    )
