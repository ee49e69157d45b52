"""What may become of a published schema under the same version: whatever breaks no reader and no stored event."""

import json
from collections.abc import Iterator
from math import inf
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

FREE = frozenset({"title", "description", "$comment"})
"""Words for people, which may change at any time."""


def incompatibilities(pinned: Json, generated: Json) -> list[str]:
    """Say in words all that forbids one schema to take another's place; nothing where it may.

    A new optional field may be added, since readers pass over what they do not know. Everything else that differs
    breaks the readers of today, or shuts out events that are stored already.
    """
    before, after = pinned["properties"], generated["properties"]
    reasons = list(_presence(pinned, generated))
    for name in before:
        reasons += _constraints(name, before[name], after.get(name, before[name]))
    return [*reasons, *_constraints("the event", pinned, generated, FREE | {"properties", "required"})]


def _presence(pinned: Json, generated: Json) -> Iterator[str]:
    for name in pinned["properties"]:
        if name not in generated["properties"]:
            yield f"{name}: is gone, but readers count on it and stored events have it"
        elif name in pinned["required"] and name not in generated["required"]:
            yield f"{name}: is no longer required, but readers count on it"
    for name in generated["required"]:
        if name not in pinned["required"]:
            yield f"{name}: is required now, but stored events may lack it"


def _constraints(where: str, before: Json, after: Json, free: frozenset[str] = FREE) -> Iterator[str]:
    for keyword in sorted((before.keys() | after.keys()) - free):
        for reason in _differences(keyword, before.get(keyword), after.get(keyword)):
            yield f"{where}: {reason}"


def _differences(keyword: str, before: Any, after: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    match keyword:
        case "enum" if before and after:
            yield from _values(before, after)
        case "minimum":
            yield from _bound(keyword, -inf if before is None else before, -inf if after is None else after, sign=-1)
        case "maximum":
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


def _bound(keyword: str, before: float, after: float, *, sign: int) -> Iterator[str]:
    if before != after:
        wider = (after - before) * sign > 0
        why = "wider than readers know" if wider else "narrower than stored events are"
        yield f"{keyword} was {before} and is {after}, {why}"
