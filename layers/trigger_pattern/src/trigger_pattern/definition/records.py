"""The fields of frozen dataclasses: reading objects from JSON, writing and describing them."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from typing import Any, Final

from trigger_pattern.definition.codecs import Codec, Json
from trigger_pattern.definition.reasons import Invalid, expected, missing_value, unknown_field, within
from trigger_pattern.kernel import Refusal

ABSENT: Final = object()
NO_SUCH_FIELD: Final = "There is no such field."


@dataclass(frozen=True)
class Field:
    """A dataclass's field: `name` in Python, `json` outside. It may be absent, which is None, if `optional`."""

    name: str
    json: str
    codec: Codec
    optional: bool
    default: Any
    marks: frozenset[str]
    doc: str

    @property
    def required(self) -> bool:
        """Whether it has no default."""
        return self.default is MISSING

    @property
    def immutable(self) -> bool:
        """Whether it cannot change after the creation."""
        return "immutable" in self.marks


def made(cls: type, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the dataclass
    """Make a dataclass's value. Raises Invalid."""
    try:
        return cls(**values)
    except Invalid:
        raise
    except ValueError as error:  # of its __post_init__
        raise expected(str(error)) from error


def read_members(
    members: Mapping[str, Field], given: Mapping[str, Json], *, defaults: bool = True, unknown: str = NO_SUCH_FIELD
) -> tuple[dict[str, Any], list[Refusal]]:
    """Return the values of an object's members by their names in Python, and every fault.

    Without `defaults`, only an optional member may be left out: a client must not reset a field that it does not know.
    """
    values = dict[str, Any]()
    faults = [unknown_field(name, unknown) for name in given if name not in members]
    for name, member in members.items():
        value = given.get(name, ABSENT)
        if value is ABSENT and (member.default is None or (defaults and not member.required)):
            values[member.name] = member.default
        elif value is ABSENT:
            faults.append(missing_value(name))
        else:
            try:
                values[member.name] = member.codec.of(defaults=defaults).read(value)
            except Invalid as invalid:
                faults += within(name, invalid.faults)
    return values, faults


def write_members(members: Mapping[str, Field], value: object) -> dict[str, Json]:
    """Return an object in JSON. An absent member is left out, or null if it has no default."""
    written = ((name, member, getattr(value, member.name)) for name, member in members.items())
    return {name: member.codec.write(of) for name, member, of in written if of is not None or member.required}


def object_schema(members: Mapping[str, Field], side: str, *, whole: bool = False, **more: Json) -> dict[str, Json]:
    """Return an object's JSON Schema. With `whole`, or if stored, members with a default but None are required."""
    properties = dict[str, Json]()
    required = list[str]()
    for name, member in members.items():
        codec = member.codec.of(defaults=not whole)
        schema = dict(codec.stores if side == "stores" else codec.accepts)
        properties[name] = {**schema, "description": member.doc} if member.doc else schema
        if member.required or (member.default is not None and (whole or side == "stores")):
            required.append(name)
    return {"type": "object", "properties": properties, "required": required, **more}
