"""Events and states as they are stored and published, for ever.

The names and fields here are a contract with every commit ever written. Whoever changes an event's fields, or the
values that they may have, raises its number in SCHEMA_VERSIONS, adds to UPCASTERS what lifts the old fields to the new
ones, and raises `root.FOLD_VERSION`: then old events stay readable, and old code waits for newer code when it meets a
new one.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias, TypedDict, get_args

from cars.domain.car import Car, CarChanged
from cars.domain.reading import InvalidValue
from cars.domain.representation import READERS, read_car, represent
from cars.domain.root import CarEvent, CarState, Created, Deleted, Gone, NotRegistered
from cars.domain.values import CarId
from trigger_pattern import Refused

SCHEMA_VERSIONS: dict[str, int] = {
    "Created": 1,
    "ColorChanged": 1,
    "MileageChanged": 1,
    "OwnerChanged": 1,
    "ConditionChanged": 1,
    "Deleted": 1,
}
"""The schema in which each event is written."""

Upcaster: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTERS: dict[tuple[str, int], Upcaster] = {}
"""By an event's type and an old schema version, what makes its fields those of the next version."""


class StoredEvent(TypedDict):
    """An event in JSON's types: the event's name, the version of its schema, and its fields."""

    type: str
    schemaVersion: int
    data: dict[str, Any]


class UnknownEvent(Exception):
    """An event of a type, schema version or field that this code does not know: newer code wrote it. Never skip it."""


class CorruptEvent(Exception):
    """A known event, or a state, whose fields are not those of its schema. The text names them, and no value."""


_MISFITS = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What an upcaster or a reader raises for fields that are not those of their schema."""

_CHANGES: Mapping[str, type[CarChanged]] = {change.__name__: change for change in get_args(CarChanged)}


def write_event(event: CarEvent) -> StoredEvent:
    """Write an event in its newest schema; an optional field that has no value is left out."""
    match event:
        case Created(car):
            data: dict[str, Any] = dict(represent(car))
        case Deleted():
            data = {}
        case _:
            given = {name: value for name, value in vars(event).items() if value is not None}
            data = {name: value if isinstance(value, int) else str(value) for name, value in given.items()}
    name = type(event).__name__
    return {"type": name, "schemaVersion": SCHEMA_VERSIONS[name], "data": data}


def read_event(car_id: CarId, stored: StoredEvent) -> CarEvent:
    """Read an event of any schema there ever was. Raises UnknownEvent, CorruptEvent."""
    name, data = stored["type"], _upcast(stored)
    if name == Created.__name__:
        _refuse_unknown(name, data, READERS)
        return Created(_read_car(car_id, data))
    if name == Deleted.__name__:
        _refuse_unknown(name, data, ())
        return Deleted()
    return _read_change(_CHANGES[name], data)


def lift_event(car_id: CarId, stored: StoredEvent) -> StoredEvent:
    """Return a stored event as it is published: in its newest schema, or as it is stored where newer code wrote it.

    What newer code has just stored is what it publishes, so this code can do it in its place. Raises CorruptEvent.
    """
    try:
        return write_event(read_event(car_id, stored))
    except UnknownEvent:
        return stored


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
    if not isinstance(deleted, bool):
        raise CorruptEvent("/deleted: Expected true or nothing.")
    car = _read_car(car_id, fields)
    return Gone(car) if deleted else car


def _read_car(car_id: CarId, data: Mapping[str, Any]) -> Car:
    car = read_car(car_id, data)
    if isinstance(car, Refused):
        raise CorruptEvent(", ".join(f"{reason.pointer}: {reason.detail}" for reason in car.reasons))
    return car


def _upcast(stored: StoredEvent) -> dict[str, Any]:
    name, data = stored["type"], stored["data"]
    newest = SCHEMA_VERSIONS.get(name, 0)
    if stored["schemaVersion"] < 1:
        raise CorruptEvent(f"{name}: a schema version below 1")
    if stored["schemaVersion"] > newest:
        raise UnknownEvent(f"{name}, schema version {stored['schemaVersion']}")
    try:
        for version in range(stored["schemaVersion"], newest):
            data = UPCASTERS[name, version](data)
    except _MISFITS as error:
        raise CorruptEvent(f"{name}: cannot be lifted to schema version {newest}: {type(error).__name__}") from None
    return data


def _refuse_unknown(name: str, data: Mapping[str, Any], known: Collection[str]) -> None:
    if unknown := data.keys() - known:
        raise UnknownEvent(f"{name} with {', '.join(sorted(unknown))}"[:200])


def _read_change(change: type[CarChanged], data: Mapping[str, Any]) -> CarChanged:
    _refuse_unknown(change.__name__, data, change.__dataclass_fields__)
    try:
        return change(**{name: READERS[name](value) for name, value in data.items()})
    except InvalidValue as invalid:
        raise CorruptEvent(f"{change.__name__}: expected {invalid}") from None
    except _MISFITS as error:
        raise CorruptEvent(f"{change.__name__}: {type(error).__name__}") from None
