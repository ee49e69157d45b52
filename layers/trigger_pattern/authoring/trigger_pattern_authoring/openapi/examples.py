"""Examples of values, drawn from their schemas: always the same ones."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from trigger_pattern.definition.codecs import Codec, Schema
from trigger_pattern.definition.reasons import Invalid
from trigger_pattern.definition.records import Field
from trigger_pattern.definition.representation import read_whole
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Refused
from trigger_pattern_authoring.openapi.schemas import Json

EXAMPLE_ID: Final = "01a2071d-69c6-77e7-9550-63568fb9f91b"
EXAMPLE_COMMAND: Final = "01a2071d-69c6-7e33-9c88-e6a01dd4d6a0"
EXAMPLE_CORRELATION: Final = "a-42"
EXAMPLE_TIME: Final = "2026-11-30T12:00:00.000Z"

_VARIANTS: Final = 10
"""How many values of a schema are tried: a codec can ask for more than its schema says."""

_FORMATS: Final = {
    "uuid": "ad4181f8-c33f-4e81-9d9e-0896188d73f0",
    "date": "2026-11-30",
    "date-time": "2026-11-30T12:00:00Z",
}
_TEXTS: Final = (
    *("Example", "example", "EXAMPLE", "10.00", "100.00", "1.00", "0.50", "10", "1", "0", "-1", "09:30:00", "EUR"),
    *(letter * length for letter, length in product("Aa1", range(1, 41))),
)


@dataclass(frozen=True)
class Example:
    """A value as a PUT has it, and a patch of it."""

    whole: Mapping[str, Any]
    patch: Mapping[str, Any]


def example_of(resource: AnyResource) -> Example | None:
    """Return an example that the resource accepts; None if none can be drawn."""
    found = {name: _like(member, None) for name, member in resource.members.items()}
    whole = {name: value for name, value in found.items() if value is not None}
    if isinstance(read_whole(resource, whole), Refused):
        return None
    changeable = [name for name in whole if not resource.members[name].immutable]
    return Example(whole, {name: whole[name] for name in changeable[:1]})


def members_like(members: Mapping[str, Field], known: Mapping[str, Any]) -> Json | None:
    """Return an object's members, with known values where they fit; None if one that is required cannot be drawn."""
    found = {name: _like(member, known.get(name)) for name, member in members.items()}
    drawable = {name: value for name, value in found.items() if value is not None}
    return drawable if all(name in drawable for name, member in members.items() if member.required) else None


def _like(member: Field, known: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a member's known value, or one that is drawn, or its default, which every stored value has."""
    value = _fitting(member.codec, known)
    has_default = not member.required and member.default is not None
    return member.codec.write(member.default) if value is None and has_default else value


def _fitting(codec: Codec, known: Any) -> Any:  # noqa: ANN401 - any JSON
    try:
        return _readable(codec) if known is None else codec.write(codec.read(known))
    except Invalid:
        return _readable(codec)


def _readable(codec: Codec) -> Any:  # noqa: ANN401 - any JSON
    """Return a value in canonical spelling, None if every variant is invalid."""
    for variant in range(_VARIANTS):
        try:
            return codec.write(codec.read(drawn(codec.stores, variant)))
        except Invalid:
            continue
    return None


def drawn(schema: Schema, variant: int = 0) -> Any:  # noqa: ANN401 - any JSON
    """Return a value of a schema, another one for each variant as far as there are several."""
    if "anyOf" in schema:
        return drawn(schema["anyOf"][0], variant)
    kind = schema.get("type")
    draw = _DRAW.get(kind if isinstance(kind, str) else (kind or ["string"])[0], _texts)
    choices = schema.get("examples") or schema.get("enum") or list(draw(schema, variant))
    return choices[variant % len(choices)] if choices else ""


def _objects(schema: Schema, variant: int) -> Iterator[Json]:
    yield {name: drawn(each, variant) for name, each in schema["properties"].items()}


def _arrays(schema: Schema, variant: int) -> Iterator[list[Any]]:
    yield [drawn(schema["items"], variant)] * max(1, schema.get("minItems", 0))


def _integers(schema: Schema, _: int) -> Iterator[int]:
    yield max(schema["minimum"], min(1, schema["maximum"]))
    yield schema["minimum"]
    yield schema["maximum"]


def _booleans(_: Schema, __: int) -> Iterator[bool]:
    yield from (True, False)


def _texts(schema: Schema, _: int) -> Iterator[str]:
    if schema.get("format") in _FORMATS:
        yield _FORMATS[schema["format"]]
        return
    least, most = schema.get("minLength", 0), schema.get("maxLength", 100)
    pattern = re.compile(schema.get("pattern", ""), re.ASCII)
    yield from (text for text in _TEXTS if least <= len(text) <= most and pattern.search(text))


_DRAW: Final[Mapping[str, Callable[[Schema, int], Iterator[Any]]]] = {
    "object": _objects,
    "array": _arrays,
    "integer": _integers,
    "boolean": _booleans,
    "string": _texts,
}
