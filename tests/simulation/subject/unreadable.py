"""Commits that no code wrote: each is all that there is of a resource of its own."""

from collections.abc import Mapping
from typing import Any


def unreadable_commits(created: str, data: Mapping[str, Any], number: str) -> dict[str, dict[str, Any]]:
    """Return attributes of such commits by what is wrong with them.

    `created` is the first event's type, `data` too few of its fields, in DynamoDB's form; `number` is a field of it
    that is no number though DynamoDB has it for one.
    """
    event: dict[str, Any] = {"type": {"S": created}, "schemaVersion": {"N": "1"}, "data": {"M": dict(data)}}
    return {
        "no events": {"events": {"L": []}},
        "a number of 39 digits": {"events": _list(event), "foldVersion": {"N": "1E+38"}, "price": {"N": "1" * 39}},
        "a time before the first": {"events": _list(event), "occurredAt": {"S": "0001-01-01T00:00:00+23:59"}},
        "a schema version of 0": {"events": _list({**event, "schemaVersion": {"N": "0"}})},
        "an event without its fields": {"events": _list(event)},
        "a number that is none": {"events": _list({**event, "data": {"M": {number: {"N": "NaN"}}}})},
        "nothing but a key": {},
    }


def _list(event: dict[str, Any]) -> dict[str, Any]:
    return {"L": [{"M": event}]}
