"""Cursors: where a list goes on, as text that a client passes back unread.

A cursor is a place in the list's order and nothing more, in JSON, in base64 for addresses (RFC 4648, section 5)
without padding. Which list it is comes from the request each time, never from the cursor.
"""

import base64
import json
import re
from typing import Any, cast

from cars.application.listing import CarsOfModel, Place, Question
from cars.domain.reading import read_id
from cars.domain.values import CarId

_COLOR = re.compile(r"[a-z]{1,20}")

MAX_CURSOR = 120
"""In characters; the longest there is has 87."""


class BadCursor(ValueError):
    """A text that is no cursor of the list asked for."""


def write_cursor(place: Place) -> str:
    """Write a place."""
    color = {"color": place.color} if place.color else {}
    text = json.dumps({"carId": str(place.car_id), **color}, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str, question: Question) -> Place:
    """Read a place in the list that answers a question. Raises BadCursor for all but what `write_cursor` wrote."""
    try:
        place = _place(json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)))
    except ValueError as error:
        raise BadCursor from error
    if write_cursor(place) != text or (place.color is not None) != isinstance(question, CarsOfModel):
        raise BadCursor
    return place


def _place(parsed: object) -> Place:
    fields = cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else {}
    color: object = fields.get("color")
    if color is not None and not (isinstance(color, str) and _COLOR.fullmatch(color)):
        raise ValueError("no color")
    return Place(CarId(read_id(fields.get("carId"))), color)
