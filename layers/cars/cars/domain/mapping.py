"""Step 1 of the article's command handler, the trigger builder: from implicit to explicit intent."""

from dataclasses import replace
from typing import assert_never

from cars.domain import refusals
from cars.domain.car import Car, compare
from cars.domain.commands import CarCommand, CreateCar, DeleteCar, PatchCar, UpdateCar
from cars.domain.representation import IMMUTABLE, read_car, read_changes, represent
from cars.domain.root import CarState, CarTrigger, Create, Delete, Gone, NotRegistered
from trigger_pattern import Refused

Triggers = tuple[CarTrigger, ...]


def map_command(command: CarCommand, state: CarState) -> Triggers | Refused:
    """Find the triggers that a command means in this state; refused where its representation is not valid."""
    match command:
        case CreateCar():
            return map_create(command)
        case UpdateCar():
            return map_update(command, state)
        case PatchCar():
            return map_patch(command, state)
        case DeleteCar():
            return (Delete(),)
        case _:
            assert_never(command)


def map_create(command: CreateCar) -> Triggers | Refused:
    """Whatever the state is: whether the car may be created is the aggregate root's to say."""
    car = read_car(command.car_id, command.representation)
    return car if isinstance(car, Refused) else (Create(car),)


def map_update(command: UpdateCar, state: CarState) -> Triggers | Refused:
    """Compare the proposed car with the current one."""
    proposed = read_car(command.car_id, command.representation)
    if isinstance(proposed, Refused):
        return proposed
    current = _existing(state)
    if isinstance(current, Refused):
        return current
    return _immutable_changes(current, proposed) or compare(current, proposed)


def map_patch(command: PatchCar, state: CarState) -> Triggers | Refused:
    """Compare the current car with itself as patched: the delta that the article's closing words mention."""
    changes = read_changes(command.representation)
    if isinstance(changes, Refused):
        return changes
    current = _existing(state)
    return current if isinstance(current, Refused) else compare(current, replace(current, **changes))


def _existing(state: CarState) -> Car | Refused:
    match state:
        case Car():
            return state
        case NotRegistered():
            return refusals.CAR_NOT_FOUND
        case Gone():
            return refusals.CAR_DELETED
        case _:
            assert_never(state)


def _immutable_changes(current: Car, proposed: Car) -> Refused | None:
    before, after = represent(current), represent(proposed)
    reasons = tuple(refusals.immutable_field(name) for name in IMMUTABLE if before[name] != after[name])
    return Refused(reasons) if reasons else None
