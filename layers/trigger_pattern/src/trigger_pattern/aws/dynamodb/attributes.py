"""Conversion between DynamoDB's attribute values and Python's, for JSON's types; all numbers are whole.

boto3 has such a conversion for more types. It takes three times as long, and a function that imports it loads all of
boto3.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Clamped, Context, Inexact, Overflow, Rounded, Underflow
from typing import Any, Final, cast

_NO_VALUE = (StopIteration, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError)
"""Raised for a value of no type of DynamoDB, for a number out of range, and for nesting too deep."""

_NUMBERS: Final = Context(prec=38, Emin=-128, Emax=126, traps=[Clamped, Overflow, Inexact, Rounded, Underflow])
"""https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html"""

_DIGITS: Final = re.compile("[0-9]{1,38}")


class NotPlain(ValueError):
    """An attribute is not of JSON's types; the text has its name and not its value."""


def write_item(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return plain values as an item. Raises ArithmeticError for a number that DynamoDB cannot keep, and TypeError."""
    return {name: _written(value) for name, value in fields.items()}


def read_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item, or a stream record's image, as plain values. Raises NotPlain."""
    return {name: read_attribute(name, value) for name, value in item.items()}


def read_attribute(name: str, value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return one attribute's plain value. Raises NotPlain."""
    try:
        return _plain(value)
    except _NO_VALUE as error:
        raise NotPlain(f"{name}: {type(error).__name__}") from None


def _written(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    match value:
        case str():
            return {"S": value}
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value) if abs(value) < 10**38 else str(_NUMBERS.create_decimal(value))}
        case None:
            return {"NULL": True}
        case dict():
            return {"M": write_item(cast("dict[str, Any]", value))}
        case list() | tuple():
            return {"L": list(map(_written, cast("list[Any]", value)))}
        case _:
            raise TypeError(f"no value of JSON: {type(value).__name__}")


def _plain(value: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    kind, held = next(iter(value.items()))
    holds, read = _READERS.get(kind, (type(None), None))
    if read is None or not isinstance(held, holds):
        raise TypeError("bytes or a set")
    return read(held)


def _whole(number: str) -> int:
    if _DIGITS.fullmatch(number):
        return int(number)
    exact = _NUMBERS.create_decimal(number)
    if exact == int(exact):
        return int(exact)
    raise TypeError("a number that is not whole")


_READERS: Final[Mapping[str, tuple[type, Callable[[Any], Any]]]] = {
    "S": (str, str),
    "N": (str, _whole),
    "BOOL": (bool, bool),
    "NULL": (bool, lambda _: None),
    "M": (dict, lambda held: {name: _plain(member) for name, member in held.items()}),
    "L": (list, lambda held: [_plain(element) for element in held]),
}
"""By DynamoDB's type, what holds it in JSON, and what reads that."""
