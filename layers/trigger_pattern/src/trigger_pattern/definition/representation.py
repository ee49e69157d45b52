"""A value as clients see it: representations and patches become values, and values become representations."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias, cast

from trigger_pattern.definition.codecs import Json
from trigger_pattern.definition.reasons import Invalid, not_on_creation, refused, unknown_field, within
from trigger_pattern.definition.records import Field, made, read_members, write_members
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Refusal, Refused

Representation: TypeAlias = Mapping[str, Json]


def read_new(resource: AnyResource, representation: Representation) -> object | Refused:
    """Return the value of a POST; a missing field gets its default."""
    given_too_early = [not_on_creation(name) for name in _left_out(resource) if name in representation]
    return _read(resource, representation, defaults=True, faults=given_too_early)


def read_whole(resource: AnyResource, representation: Representation) -> object | Refused:
    """Return the value of a PUT, which names every field that is not optional. A missing optional field is cleared."""
    return _read(resource, representation, defaults=False)


def read_stored(resource: AnyResource, fields: Representation) -> object | Refused:
    """Return a stored value; a field that is newer than it gets its default."""
    return _read(resource, fields, defaults=True)


def read_changes(resource: AnyResource, patch: Representation) -> dict[str, Json] | Refused:
    """Return the changes of a PATCH (JSON Merge Patch, RFC 7396), canonical, and checked without the current value.

    Null removes the value of an optional field.
    """
    fixed = [name for name, member in resource.members.items() if member.immutable and name in patch]
    given = {name: value for name, value in patch.items() if name not in fixed}
    changes, faults = _read_patch(resource.members, given, resource.words.unknown)
    faults += map(resource.immutable_field, fixed)
    return refused(faults) if faults else changes


def patched(resource: AnyResource, current: object, changes: Mapping[str, Json]) -> object | Refused:
    """Return the value with changes: nested values are merged, lists are replaced.

    In a nested value that was absent, defaults count, since it is created.
    """
    return read_stored(resource, _merged(resource.members, represent(resource, current), changes))


def represent_new(resource: AnyResource, value: object) -> dict[str, Json]:
    """Return the representation of a value without the fields that a POST cannot have."""
    left_out = _left_out(resource)
    return {name: of for name, of in represent(resource, value).items() if name not in left_out}


def represent(resource: AnyResource, value: object) -> dict[str, Json]:
    """Return the representation of a value in canonical spelling, without absent optional fields."""
    return write_members(resource.members, value)


def _left_out(resource: AnyResource) -> list[str]:
    return [name for name, member in resource.members.items() if "not on creation" in member.marks]


def _read(
    resource: AnyResource,
    representation: Representation,
    *,
    defaults: bool,
    faults: Iterable[Refusal] = (),
) -> object | Refused:
    values, found = read_members(resource.members, representation, defaults=defaults, unknown=resource.words.unknown)
    found += faults
    if not found:
        try:
            value = made(resource.of, values)
            found += resource.check(value)
        except Invalid as invalid:
            found += invalid.faults
        else:
            return refused(found) if found else value
    elif values:
        found += faults_between(resource, values)
    return refused(found)


def faults_between(resource: AnyResource, values: Mapping[str, Any]) -> Iterable[Refusal]:
    """Yield the faults between some fields, given as values by their names in Python."""
    try:
        yield from resource.check(_partly(resource.of, values))
    except _NotReadError:
        return


class _NotReadError(AttributeError):
    """A field that has no value."""


class _NotRead:
    def __get__(self, _: object, __: type | None = None) -> None:
        raise _NotReadError


def _partly(cls: type, values: Mapping[str, Any]) -> object:
    """Return a value with some of its fields; reading another one raises _NotReadError."""
    unread = {name: _NotRead() for name in cls.__dict__["__dataclass_fields__"] if name not in values}
    part: object = object.__new__(type(cls.__name__, (cls,), unread))
    for name, value in values.items():
        object.__setattr__(part, name, value)
    return part


def _read_patch(
    members: Mapping[str, Field], patch: Representation, unknown: str
) -> tuple[dict[str, Json], list[Refusal]]:
    changes = dict[str, Json]()
    faults = [unknown_field(name, unknown) for name in patch if name not in members]
    for name, member in members.items():
        if name not in patch:
            continue
        value, nested = patch[name], member.codec.members
        try:
            if nested is not None and isinstance(value, dict):
                changes[name], inner = _read_patch(nested, cast("dict[str, Json]", value), unknown)
                faults += within(name, tuple(inner))
            else:
                changes[name] = member.codec.write(member.codec.of(defaults=False).read(value))
        except Invalid as invalid:
            faults += within(name, invalid.faults)
    return changes, faults


def _merged(members: Mapping[str, Field], target: Mapping[str, Json], patch: Mapping[str, Json]) -> dict[str, Json]:
    merged = dict(target)
    for name, value in patch.items():
        nested = members[name].codec.members
        if value is None:
            merged.pop(name, None)
        elif nested is not None:
            merged[name] = _merged(nested, merged.get(name) or {}, value)
        else:
            merged[name] = value
    return merged
