"""Events and states as they are stored and published, for ever.

The names and fields here are a contract with every commit ever written: an event may gain an optional field; any
other change is a new schema version, beside a reader for the old ones.
"""

from collections.abc import Mapping
from typing import Any, TypedDict, get_args

from cars.domain.car import Car, CarChanged
from cars.domain.representation import READERS, read_car, represent
from cars.domain.root import CarEvent, CarState, Created, Deleted, Gone, NotRegistered
from cars.domain.values import CarId
from trigger_pattern import Refused

SCHEMA_VERSION = 1


class StoredEvent(TypedDict):
    """An event in JSON's types: the event's name, the version of its schema, and its fields."""

    type: str
    schemaVersion: int
    data: dict[str, Any]


class UnknownEvent(Exception):
    """An event of a type or schema version that this code does not know: newer code wrote it. Never skip it."""


class CorruptEvent(Exception):
    """A known event whose fields are not those of its schema."""


_CHANGES: Mapping[str, type[CarChanged]] = {change.__name__: change for change in get_args(CarChanged)}


def write_event(event: CarEvent) -> StoredEvent:
    """Write an event in its newest schema."""
    match event:
        case Created(car):
            data: dict[str, Any] = dict(represent(car))
        case Deleted():
            data = {}
        case _:
            data = {name: value if isinstance(value, int) else str(value) for name, value in vars(event).items()}
    return {"type": type(event).__name__, "schemaVersion": SCHEMA_VERSION, "data": data}


def read_event(car_id: CarId, stored: StoredEvent) -> CarEvent:
    """Read an event of any schema there ever was. Raises UnknownEvent, CorruptEvent."""
    name, data = stored["type"], stored["data"]
    if stored["schemaVersion"] != SCHEMA_VERSION:
        raise UnknownEvent(f"{name}, schema version {stored['schemaVersion']}")
    if name == Created.__name__:
        return Created(_read_car(car_id, data))
    if name == Deleted.__name__:
        return Deleted()
    if name in _CHANGES:
        return _read_change(_CHANGES[name], data)
    raise UnknownEvent(name)


def write_state(state: CarState) -> dict[str, Any]:
    """Write a state: the car's representation, marked where it is gone."""
    match state:
        case Car():
            return {**represent(state)}
        case Gone(car):
            return {**represent(car), "deleted": True}
        case NotRegistered():
            raise ValueError("a commit has at least one event, and so a car")


def read_state(car_id: CarId, stored: Mapping[str, Any]) -> CarState:
    """Read a state written by this fold. Raises CorruptEvent."""
    fields = dict(stored)
    deleted = fields.pop("deleted", False)
    car = _read_car(car_id, fields)
    return Gone(car) if deleted else car


def _read_car(car_id: CarId, data: Mapping[str, Any]) -> Car:
    car = read_car(car_id, data)
    if isinstance(car, Refused):
        raise CorruptEvent(", ".join(f"{reason.pointer}: {reason.detail}" for reason in car.reasons))
    return car


def _read_change(change: type[CarChanged], data: Mapping[str, Any]) -> CarChanged:
    try:
        values = {name: READERS[name](value) for name, value in data.items()}
        return change(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise CorruptEvent(f"{change.__name__}: {error}") from error
