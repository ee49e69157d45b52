"""Parameters of paths and queries."""

import json
from math import ceil
from typing import Any, Final

from trigger_pattern.application.listing import Place, Question, served
from trigger_pattern.definition.codecs import Codec, Schema
from trigger_pattern.definition.resource import By
from trigger_pattern.http.cursors import write_cursor
from trigger_pattern.http.parameters import DEFAULT_PAGE, MAX_PAGE, MAX_VERSION
from trigger_pattern_authoring.openapi.examples import EXAMPLE_COMMAND, EXAMPLE_ID, EXAMPLE_TIME
from trigger_pattern_authoring.openapi.schemas import UUID, Json, sized
from trigger_pattern_authoring.openapi.subject import Subject, listed

_MAX_CURSOR: Final = 120
"""In characters; only a list with a long value to order by has longer ones."""


def path_parameters(subject: Subject, path: str) -> list[Json]:
    """Describe the parameters that a path has."""
    described = {
        subject.id: (f"The {subject.name}'s id", EXAMPLE_ID),
        "commandId": ("The command's id", EXAMPLE_COMMAND),
    }
    return [
        {"name": name, "in": "path", "required": True, "description": text, "schema": UUID, "example": example}
        for name, (text, example) in described.items()
        if f"{{{name}}}" in path
    ]


def _query(name: str, description: str, schema: Schema, example: Any) -> Json:  # noqa: ANN401 - any JSON
    """Describe a parameter. The example is the schema's: one of the parameter's own is sent by the page at /docs."""
    given = {**sized(schema), **({} if example is None else {"examples": [example]})}
    return {"name": name, "in": "query", "required": False, "description": description, "schema": given}


def _number(least: int, most: int, **more: Any) -> Json:  # noqa: ANN401 - any JSON
    return {"type": "integer", "minimum": least, "maximum": most, **more}


def _limit(of: str) -> Json:
    return _query("limit", f"How many {of} at most", _number(1, MAX_PAGE, default=DEFAULT_PAGE), 20)


def item_query(subject: Subject) -> list[Json]:
    """Describe the query of a resource."""
    time = {"type": "string", "format": "date-time"}
    return [
        _query("version", f"The {subject.name} as it was after this event", _number(1, MAX_VERSION), 1),
        _query("at", f"The {subject.name} as it was at this time", time, EXAMPLE_TIME),
    ]


def events_query() -> list[Json]:
    """Describe the query of a page of events."""
    after = _query("after", "The last version that the client has seen", _number(0, MAX_VERSION, default=0), 1)
    return [after, _limit("events")]


def list_query(subject: Subject) -> list[Json]:
    """Describe the query of a list: its filters, and which page."""
    names = dict.fromkeys(name for names, _ in served(subject.resource) for name in names)
    cursor = {"type": "string", "maxLength": max_cursor(subject)}
    return [
        *(_filter(subject, name) for name in names),
        _limit(subject.plural),
        _query(
            "cursor",
            "Where the page begins, as the `next` of the page before it has it",
            cursor,
            example_of_cursor(subject),
        ),
    ]


def _filter(subject: Subject, name: str) -> Json:
    member = subject.resource.members[name]
    described = ". ".join(filter(None, [member.doc.removesuffix("."), _with(subject, name)]))
    return _query(name, described, _not_null(member.codec.accepts), (subject.whole or {}).get(name))


def _with(subject: Subject, name: str) -> str:
    """Return which other filters one needs."""
    combinations = [frozenset(names) for names, _ in served(subject.resource) if name in names]
    smallest = [names for names in combinations if not any(other < names for other in combinations)]
    others = [[each for each in subject.resource.members if each in names and each != name] for names in smallest]
    return f"With {', or with '.join(map(listed, others))}" if all(others) else ""


def _not_null(schema: Schema) -> Json:
    """Return what a parameter holds if it is given: an optional field that is absent cannot be asked for."""
    if "anyOf" in schema:
        return dict(schema["anyOf"][0])
    return {**schema, "type": schema["type"][0]} if isinstance(schema.get("type"), list) else dict(schema)


def example_of_cursor(subject: Subject) -> str:
    """Return a cursor of a list that is ordered by id."""
    by_id = Question(By(()), {})
    return write_cursor(subject.resource, by_id, Place(EXAMPLE_ID))


def max_cursor(subject: Subject) -> int:
    """Return how many characters a cursor has at most: base64 of JSON with an id, and a value to order by."""
    place = len(json.dumps({subject.id: EXAMPLE_ID}, separators=(",", ":")))
    orders = {by.then for by in subject.resource.lists if by.then}
    ordered = (len(f'"{name}":,') + _in_ascii(subject.resource.members[name].codec) for name in orders)
    return max(_MAX_CURSOR, ceil((place + max(ordered, default=0)) * 4 / 3))


def _in_ascii(codec: Codec) -> int:
    """Return how many bytes a value has at most in JSON of ASCII, where free text can have three times as many."""
    is_free_text = "maxLength" in codec.stores and "pattern" not in codec.stores
    return 3 * codec.most if is_free_text else codec.most
