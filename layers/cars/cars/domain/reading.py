"""Read single values of primitive types: the article's *data-type validation*.

Each reader takes whatever JSON gave, trims blanks and folds case where the type allows it, and raises InvalidValue.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from cars.domain.values import Vin

Enumeration = TypeVar("Enumeration", bound=StrEnum)

MIN_YEAR, MAX_YEAR = 1000, 9999

MAX_MILEAGE = 9_999_999
"""In miles: seven digits, more than any odometer shows."""


class InvalidValue(ValueError):
    """A value is not of its data type; the text says what was expected."""


_BLANKS = " \t\r\n"
"""What JSON itself calls whitespace (RFC 8259, section 2)."""


def _text(value: object) -> str:
    """Return a text without the blanks around it; none with characters outside ASCII, some of which fold into it."""
    return value.strip(_BLANKS) if isinstance(value, str) and value.isascii() else ""


def _whole_number(value: object, least: int, most: int) -> int | None:
    """Return a whole number, however it was written: 14320, 14320.0 or 1.432e4 (JSON Schema 2020-12, integer)."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not least <= value <= most:
        return None
    return int(value) if value == int(value) else None


def read_year(value: object) -> int:
    """Read a year of four digits; true is no number here."""
    year = _whole_number(value, MIN_YEAR, MAX_YEAR)
    if year is None:
        raise InvalidValue("a year, a whole number of four digits")
    return year


def read_mileage(value: object) -> int:
    """Read a mileage, at most MAX_MILEAGE from zero: whether it may be below zero is not a matter of its type."""
    mileage = _whole_number(value, -MAX_MILEAGE, MAX_MILEAGE)
    if mileage is None:
        raise InvalidValue(f"a whole number of at most {MAX_MILEAGE}")
    return mileage


def read_id(value: object) -> UUID:
    """Read a UUID in its 36 characters (RFC 9562, section 4), in either case, other than the nil UUID."""
    if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", _text(value).lower()) and UUID(_text(value)).int:
        return UUID(_text(value))
    raise InvalidValue("a UUID other than the nil UUID")


def read_vin(value: object) -> Vin:
    """Read a vehicle identification number (ISO 3779), upper-cased."""
    if re.fullmatch(r"[A-HJ-NPR-Za-hj-npr-z0-9]{17}", _text(value)):
        return Vin(_text(value).upper())
    raise InvalidValue("17 letters and digits without I, O and Q")


def reader_of(enumeration: type[Enumeration]) -> Callable[[object], Enumeration]:
    """Make a reader of an enumeration's values, in any case."""
    folded = {member.lower(): member for member in enumeration}

    def read(value: object) -> Enumeration:
        if member := folded.get(_text(value).lower()):
            return member
        raise InvalidValue(f"one of {', '.join(enumeration)}")

    return read
