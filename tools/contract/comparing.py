"""Which changes of a published schema may keep its version: those that break no reader and no stored event."""

import json
from collections.abc import Iterator
from decimal import Decimal
from math import inf
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

FREE = frozenset({"title", "description", "$comment"})
"""Words for people, which may change at any time."""


def incompatibilities(pinned: Json, generated: Json) -> list[str]:
    """Return, in words, every reason why one schema may not take another's place; none if it may.

    A new optional field may be added, to nested values too, since readers ignore fields that they do not know. Any
    other difference breaks today's readers, or excludes events that are stored already.
    """
    return list(_breaks("", pinned, generated))


def _breaks(path: str, before: Json, after: Json) -> Iterator[str]:
    free = FREE
    if "properties" in before and "properties" in after:
        free |= {"properties", "required"}
        yield from _breaks_of_members(f"{path}." if path else "", before, after)
    if "items" in before and "items" in after:
        free |= {"items"}
        yield from _breaks(f"{path}[]", before["items"], after["items"])
    yield from _constraints(path or "the event", before, after, free)


def _breaks_of_members(prefix: str, before: Json, after: Json) -> Iterator[str]:
    for reason in _presence(before, after):
        yield f"{prefix}{reason}"
    for name, schema in before["properties"].items():
        if name in after["properties"]:
            yield from _breaks(f"{prefix}{name}", schema, after["properties"][name])


def _presence(before: Json, after: Json) -> Iterator[str]:
    required, required_now = before.get("required", ()), after.get("required", ())
    for name in before["properties"]:
        if name not in after["properties"]:
            yield f"{name}: is gone, but readers count on it and stored events have it"
        elif name in required and name not in required_now:
            yield f"{name}: is no longer required, but readers count on it"
    for name in required_now:
        if name not in required:
            yield f"{name}: is required now, but stored events may lack it"


def _constraints(where: str, before: Json, after: Json, free: frozenset[str]) -> Iterator[str]:
    for keyword in sorted((before.keys() | after.keys()) - free):
        for reason in _differences(keyword, before.get(keyword), after.get(keyword)):
            yield f"{where}: {reason}"


def _differences(keyword: str, before: Any, after: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    match keyword:
        case "enum" if before and after:
            yield from _values(before, after)
        case "minimum" | "x-minimum":
            yield from _bound(keyword, -inf if before is None else before, -inf if after is None else after, sign=-1)
        case "maximum" | "x-maximum":
            yield from _bound(keyword, inf if before is None else before, inf if after is None else after, sign=1)
        case _ if before != after:
            yield f"{keyword} was {json.dumps(before)} and is {json.dumps(after)}"
        case _:
            pass


def _values(before: list[str], after: list[str]) -> Iterator[str]:
    for value in after:
        if value not in before:
            yield f"{json.dumps(value)} is a new value, which readers do not know"
    for value in before:
        if value not in after:
            yield f"{json.dumps(value)} is no value any more, but stored events have it"


def _bound(keyword: str, before: float | str, after: float | str, *, sign: int) -> Iterator[str]:
    growth = Decimal(after) * sign - Decimal(before) * sign if before != after else 0
    if growth:
        wider = growth > 0
        why = "wider than readers know" if wider else "narrower than stored events are"
        yield f"{keyword} was {before} and is {after}, {why}"
