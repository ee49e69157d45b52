"""Cursors: the place where a list continues, as opaque text.

A cursor is a place in the list's order and nothing more, as JSON in base64 for addresses (RFC 4648, section 5) without
padding. The list itself comes from each request, never from the cursor.
"""

import base64
import json
import re
from collections.abc import Mapping
from typing import Any, cast

from trigger_pattern.application.listing import Place, Question
from trigger_pattern.definition.reasons import Invalid
from trigger_pattern.definition.records import Field
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.texts import read_uuid

_NEWER_VALUE = re.compile(r"[\w.-]{1,20}", re.ASCII)


class BadCursor(ValueError):
    """A text that is no cursor of the requested list."""


def write_cursor(resource: AnyResource, question: Question, place: Place) -> str:
    """Return the cursor of a place."""
    order = {question.order: place.order} if question.order and place.order else {}
    written = json.dumps({resource.id: place.aggregate_id, **order}, separators=(",", ":"))
    return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def read_cursor(resource: AnyResource, cursor: str, question: Question) -> Place:
    """Return the place of a cursor in a question's list. Raises BadCursor for a text that is not `write_cursor`'s."""
    try:
        decoded = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        place = _place(resource, json.loads(decoded), question)
    except (ValueError, RecursionError) as error:
        raise BadCursor from error
    if write_cursor(resource, question, place) != cursor:
        raise BadCursor
    return place


def _place(resource: AnyResource, parsed: object, question: Question) -> Place:
    fields = cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else {}
    aggregate_id = str(read_uuid(fields.get(resource.id)))
    return Place(aggregate_id, _order(resource.members[question.order], fields) if question.order else None)


def _order(member: Field, fields: Mapping[str, Any]) -> str:
    """Return the ordering value in its canonical text, or as a short word, since newer code may know more values.

    A text of any length could make a key that is too long for the view's index.
    """
    order = fields.get(member.json)
    if isinstance(order, str) and _is_written(member, order):
        return order
    raise BadCursor


def _is_written(member: Field, order: str) -> bool:
    try:
        return bool(member.codec.write(member.codec.read(order)) == order)
    except Invalid:
        return bool(_NEWER_VALUE.fullmatch(order))
