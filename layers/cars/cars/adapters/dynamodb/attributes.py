"""DynamoDB's attribute values and Python's, for the types that JSON has; all numbers are whole."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

_Stored: TypeAlias = "Decimal | str | bool | list[_Stored] | dict[str, _Stored] | None"

_serialize = TypeSerializer().serialize
_deserialize = TypeDeserializer().deserialize


def write_item(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Turn plain values into an item."""
    return {name: _serialize(value) for name, value in fields.items()}


def read_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Turn an item, or a stream record's image, into plain values. Raises ValueError, TypeError for what is neither."""
    return {name: _plain(_deserialize(value)) for name, value in item.items()}


def _plain(value: _Stored) -> Any:  # noqa: ANN401 - whatever JSON has
    match value:
        case Decimal() if value == int(value):
            return int(value)
        case Decimal():
            raise ValueError("a number that is not whole")
        case list():
            return list(map(_plain, value))
        case dict():
            return {name: _plain(element) for name, element in value.items()}
        case _:
            return value
