"""JSON from outside (RFC 8259), read with limits and without ambiguity."""

import json
from decimal import Decimal
from typing import Any, NoReturn, cast


class NotJson(ValueError):
    """A text is not JSON."""


class RepeatedName(NotJson):
    """An object has two members of one name. Programs disagree which of them counts (section 4)."""


def read_json(text: str) -> Any:  # noqa: ANN401 - any JSON
    """Parse a text; numbers with a fraction or an exponent become Decimals, infinite if out of Decimal's range.

    Raises NotJson, also for NaN, for a whole number of thousands of digits, and for nesting too deep.
    """
    try:
        return json.loads(text, parse_constant=_refuse, parse_float=_number, object_pairs_hook=_object)
    except RepeatedName:
        raise
    except (ValueError, RecursionError) as error:
        raise NotJson from error


def read_object(text: str) -> dict[str, Any] | None:
    """Parse a text that should be an object, None if it is something else. Raises NotJson."""
    parsed = read_json(text)
    return cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else None


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(members)
    if len(fields) < len(members):
        raise RepeatedName
    return fields


def _number(text: str) -> Decimal | float:
    try:
        return Decimal(text)
    except ArithmeticError:  # an exponent of more digits than Decimal counts
        return float("inf")


def _refuse(_: str) -> NoReturn:
    raise NotJson
