"""Events and states as they are stored and published, for ever.

The names and fields here are a contract with every commit ever written. To change an event's fields, or the values that
they may have, add an upcaster to the resource, which makes a new schema version, and raise its fold version. Then old
events stay readable, and old code that meets a new event waits for newer code.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from trigger_pattern.definition.codecs import Json
from trigger_pattern.definition.life import Gone, NotCreated, State, created_value
from trigger_pattern.definition.reasons import Invalid
from trigger_pattern.definition.records import made, read_members, write_members
from trigger_pattern.definition.representation import read_stored, represent
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Refusal, Refused


class StoredEvent(TypedDict):
    """An event in JSON's types: the event's name, the version of its schema, and its fields."""

    type: str
    schemaVersion: int
    data: dict[str, Any]


class UnknownEvent(Exception):
    """An event of a type, schema version or field that this code does not know: newer code wrote it. Never skip it."""


class CorruptEvent(Exception):
    """A known event, or a state, whose fields do not fit its schema. The text names them, and has no value."""


_MISFITS = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)
"""Raised by an upcaster for fields that do not fit their schema."""


def schema_version(resource: AnyResource, name: str) -> int:
    """Return an event's newest schema version: one more than it has upcasters."""
    return 1 + len(resource.upcasters.get(name, ()))


def write_event(resource: AnyResource, event: object) -> StoredEvent:
    """Return a stored event, in its newest schema or in the older one to which its downcasters lower it."""
    name = type(event).__name__
    holder = created_value(event) if type(event) is resource.created else event
    data = write_members(resource.event_members[name], holder)
    downcasters = resource.downcasters.get(name, ())
    for lower in downcasters:
        data = lower(data)
    return {"type": name, "schemaVersion": schema_version(resource, name) - len(downcasters), "data": data}


def read_event(resource: AnyResource, stored: StoredEvent) -> object:
    """Return an event from any schema version there ever was. Raises UnknownEvent, CorruptEvent."""
    name, data = stored["type"], _upcast(resource, stored)
    if unknown := data.keys() - resource.event_members[name].keys():
        raise UnknownEvent(f"{name} with {', '.join(sorted(unknown))}"[:200])
    event = resource.events[name]
    if event is resource.created:
        value = read_stored(resource, data)
        if isinstance(value, Refused):
            raise _newer(name, value.reasons) or CorruptEvent(_described(value.reasons))
        return resource.created(value)
    values, faults = read_members(resource.event_members[name], data)
    if faults:
        raise _newer(name, faults) or CorruptEvent(f"{name}: {_described(faults)}")
    try:
        return made(event, values)
    except Invalid as invalid:
        raise CorruptEvent(f"{name}: {_described(invalid.faults)}") from None


def lift_event(resource: AnyResource, stored: StoredEvent) -> StoredEvent:
    """Return a stored event as it is published: in the schema that this code writes. Raises CorruptEvent.

    An event of newer code is returned as it is stored, because newer code would publish it so.
    """
    try:
        return write_event(resource, read_event(resource, stored))
    except UnknownEvent:
        return stored


def write_state(resource: AnyResource, state: State) -> dict[str, Json]:
    """Return a stored state: the value's representation, marked if it was deleted."""
    match state:
        case NotCreated():
            raise ValueError("a commit has at least one event, and so a value")
        case Gone(value):
            return {**represent(resource, value), "deleted": True}
        case _:
            return represent(resource, state)


def read_state(resource: AnyResource, stored: Mapping[str, Json]) -> State:
    """Return a state that this fold wrote. Raises CorruptEvent."""
    fields = dict(stored)
    deleted = fields.pop("deleted", False)
    if not isinstance(deleted, bool):
        raise CorruptEvent("/deleted: Expected true or nothing.")
    value = _read_value(resource, fields)
    return Gone(value) if deleted else value


def _read_value(resource: AnyResource, data: Mapping[str, Json]) -> object:
    value = read_stored(resource, data)
    if isinstance(value, Refused):
        raise CorruptEvent(_described(value.reasons))
    return value


def _newer(name: str, faults: Iterable[Refusal]) -> UnknownEvent | None:
    """Return what to raise if a nested value has a field that this code does not know."""
    unknown = [fault.pointer for fault in faults if fault.code == "unknown-field"]
    return UnknownEvent(f"{name} with {', '.join(unknown)}"[:200]) if unknown else None


def _described(faults: Iterable[Refusal]) -> str:
    return ", ".join(f"{fault.pointer}: {fault.detail}" for fault in faults)


def _upcast(resource: AnyResource, stored: StoredEvent) -> dict[str, Json]:
    name, data, version = stored["type"], stored["data"], stored["schemaVersion"]
    newest = schema_version(resource, name) if name in resource.events else 0
    if version < 1:
        raise CorruptEvent(f"{name}: a schema version below 1")
    if version > newest:
        raise UnknownEvent(f"{name}, schema version {version}")
    try:
        for lift in resource.upcasters.get(name, ())[version - 1 :]:
            data = lift(data)
    except _MISFITS as error:
        raise CorruptEvent(f"{name}: cannot be lifted to schema version {newest}: {type(error).__name__}") from None
    return data
