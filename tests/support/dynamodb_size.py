"""How large DynamoDB takes an item to be, and what it costs, by the rules that AWS documents.

"DynamoDB item sizes and formats" in the Developer Guide: names and text count their bytes in UTF-8, a number one byte
for two significant digits and one more, null and booleans one, lists and maps three and one more for each element.
Where the guide says "approximately", this rounds up.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

READ_UNIT = 4096
"""Bytes that one unit reads, strongly consistently."""

WRITE_UNIT = 1024
"""Bytes that one unit writes."""


def item_size(item: Mapping[str, Any]) -> int:
    """Return the size in bytes of an item as a client of the low level writes it."""
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def read_units(size: int) -> int:
    """Return the read units of one strongly consistent read of so many bytes in all; an empty one costs one too."""
    return max(1, -(-size // READ_UNIT))


def write_units(size: int) -> int:
    """Return the write units of one write of an item of so many bytes."""
    return max(1, -(-size // WRITE_UNIT))


def _value_size(value: Mapping[str, Any]) -> int:
    ((kind, content),) = value.items()
    return _SIZES[kind](content)


def _number_size(number: Decimal) -> int:
    """Count leading and trailing zeros out; a sign takes one byte."""
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    return (len(digits) + 1) // 2 + 1 + (number < 0)


def _list_size(elements: Sequence[Mapping[str, Any]]) -> int:
    return 3 + sum(1 + _value_size(element) for element in elements)


def _map_size(elements: Mapping[str, Any]) -> int:
    return 3 + len(elements) + item_size(elements)


def _text_size(text: str) -> int:
    return len(text.encode())


_SIZES: Mapping[str, Callable[[Any], int]] = {
    "S": _text_size,
    "N": lambda number: _number_size(Decimal(number)),
    "B": len,
    "BOOL": lambda _: 1,
    "NULL": lambda _: 1,
    "L": _list_size,
    "M": _map_size,
    "SS": lambda texts: sum(map(_text_size, texts)),
    "NS": lambda numbers: sum(_number_size(Decimal(number)) for number in numbers),
    "BS": lambda contents: sum(map(len, contents)),
}
