"""Events and aggregates in words, for a person at a terminal."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from trigger_pattern.definition.life import Gone, NotCreated, State
from trigger_pattern.definition.representation import represent
from trigger_pattern.definition.resource import AnyResource

Fields = Mapping[str, Any]


def in_words(resource: AnyResource, event_type: str, data: Fields, before: Fields) -> str:
    """Return what an event changed: `color black → red`, or only `color red` if the value before is unknown."""
    if event_type == resource.deleted.__name__:
        return "deleted for ever"
    if event_type == resource.created.__name__:
        return ": ".join(part for part in (_kind(resource, data), _listed(resource, data)) if part)
    return ", ".join(_change(resource, name, value, before.get(name)) for name, value in data.items())


def known(resource: AnyResource, state: State | None) -> dict[str, Any]:
    """Return what is known in a state: nothing before the creation, and what there last was after the deletion."""
    match state:
        case None | NotCreated():
            return {}
        case Gone(value):
            return represent(resource, value)
        case _:
            return represent(resource, state)


def table(resource: AnyResource, fields: Fields) -> Iterator[str]:
    """Write an aggregate, a field a line."""
    width = max(map(len, fields), default=0)
    for name, value in fields.items():
        yield f"{name:{width}}  {_shown(resource, name, value)}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 commit`, `1,200 commits`. Without `many`, the plural ends in an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def counted_of(resource: AnyResource, number: int) -> str:
    """Return a number of a resource: `1 car`, `1,200 cars`."""
    return counted(number, resource.words_of_name, resource.plural.replace("-", " "))


def printable(text: str) -> str:
    """Return a foreign text without the characters that a terminal would interpret."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _kind(resource: AnyResource, fields: Fields) -> str:
    return " ".join(_shown(resource, name, fields[name]) for name in _kind_fields(resource) if name in fields)


def _listed(resource: AnyResource, fields: Fields) -> str:
    kind = _kind_fields(resource)
    return ", ".join(f"{name} {_shown(resource, name, value)}" for name, value in fields.items() if name not in kind)


def _kind_fields(resource: AnyResource) -> list[str]:
    """Return the fields that are clear without their names, as in `2009 BMW M3`: immutable numbers and enumerations.

    A single one would say nothing, so then there are none.
    """
    stores = {name: member.codec.stores for name, member in resource.members.items() if member.immutable}
    clear = [name for name, schema in stores.items() if "enum" in schema or schema.get("type") == "integer"]
    return clear if len(clear) > 1 else []


def _change(resource: AnyResource, name: str, new: object, old: object) -> str:
    if old is None:
        return f"{name} {_shown(resource, name, new)}"
    by = f" ({new - old:+,})" if _is_number(new) and _is_number(old) else ""
    return f"{name} {_shown(resource, name, old)} → {_shown(resource, name, new)}{by}"


def _shown(resource: AnyResource, name: str, value: object) -> str:
    """Write a value: a text as it is, anything else as JSON.

    Only a number that can change has its digits grouped: another one may be a year.
    """
    member = resource.members.get(name)
    if member is not None and not member.immutable and _is_number(value):
        return f"{value:,}"
    return printable(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
