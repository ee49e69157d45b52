"""Cursors: where a list goes on, as text that a client passes back unread.

A cursor is a place in the list's order and nothing more, in JSON, in base64 for addresses (RFC 4648, section 5)
without padding. Which list it is comes from the request each time, never from the cursor.
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
    """A text that is no cursor of the list asked for."""


def write_cursor(resource: AnyResource, question: Question, place: Place) -> str:
    """Write a place."""
    order = {question.order: place.order} if question.order and place.order else {}
    written = json.dumps({resource.id: place.aggregate_id, **order}, separators=(",", ":"))
    return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def read_cursor(resource: AnyResource, cursor: str, question: Question) -> Place:
    """Read a place in the list that answers a question. Raises BadCursor for all but what `write_cursor` wrote."""
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
    """Return the value that orders: as it is written, or a short word, since newer code may know more values.

    Any text at all could make a key that is too long for the view's index.
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
