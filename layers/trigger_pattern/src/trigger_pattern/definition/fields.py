"""The terms of `Annotated` that describe a field beyond its type. They are data, which the codecs read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final


@dataclass(frozen=True)
class Between:
    """A number's range, both ends included: whole numbers, or of a Decimal also Decimals of no more than its places.

    `accepts` is a wider range for requests: then the domain itself refuses numbers outside the narrow one, in its own
    words. `says` completes "Expected ..."; without it, the text names the range.
    """

    least: int | Decimal
    most: int | Decimal
    accepts: tuple[int | Decimal, int | Decimal] | None = None
    says: str = ""


@dataclass(frozen=True)
class Places:
    """The largest number of digits behind a decimal point."""

    most: int


@dataclass(frozen=True)
class Length:
    """The number of characters of a text, or of items of a list, both ends included."""

    least: int
    most: int


@dataclass(frozen=True)
class Pattern:
    """A text's form: a regular expression for all of it, in ASCII; `says` completes "Expected ..."."""

    pattern: str
    says: str


@dataclass(frozen=True)
class Parsed:
    """A text that becomes a value of the author's own type.

    `read` takes the text without blanks around it, in ASCII. It raises ValueError; its text completes "Expected ...".
    `accepts` and `stores` are the JSON Schemas of texts in requests and of texts that `write` returns, which have at
    most `most` characters of ASCII.
    """

    read: Callable[[str], Any]
    accepts: Mapping[str, Any]
    stores: Mapping[str, Any]
    most: int
    write: Callable[[Any], str] = str


@dataclass(frozen=True)
class Doc:
    """A sentence about a field, for the schemas."""

    text: str


@dataclass(frozen=True)
class Named:
    """A name in JSON other than the attribute's in camelCase."""

    name: str


@dataclass(frozen=True)
class Mark:
    """A yes or no about a field."""

    name: str


IMMUTABLE: Final = Mark("immutable")
"""The field cannot change after the creation."""

NOT_ON_CREATION: Final = Mark("not on creation")
"""A POST cannot have the field: it begins with its default."""
