"""Conversion between DynamoDB's attribute values and Python's, for JSON's types; all numbers are whole."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

_Stored: TypeAlias = "Decimal | str | bool | bytes | set[Any] | list[_Stored] | dict[str, _Stored] | None"

_serialize = TypeSerializer().serialize
_deserialize = TypeDeserializer().deserialize

_NO_VALUE = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError)
"""Raised for a value of no type of DynamoDB, for a number out of range, and for nesting too deep."""


class NotPlain(ValueError):
    """An attribute is not of JSON's types; the text has its name and not its value."""


def write_item(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return plain values as an item."""
    return {name: _serialize(value) for name, value in fields.items()}


def read_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item, or a stream record's image, as plain values. Raises NotPlain."""
    return {name: read_attribute(name, value) for name, value in item.items()}


def read_attribute(name: str, value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return one attribute's plain value. Raises NotPlain."""
    try:
        return _plain(_deserialize(value))
    except _NO_VALUE as error:
        raise NotPlain(f"{name}: {type(error).__name__}") from None


def _plain(value: _Stored) -> Any:  # noqa: ANN401 - any JSON
    match value:
        case Decimal() if value == int(value):
            return int(value)
        case str() | bool() | None:
            return value
        case list():
            return list(map(_plain, value))
        case dict():
            return {name: _plain(element) for name, element in value.items()}
        case _:
            raise TypeError("a number that is not whole, bytes or a set")
