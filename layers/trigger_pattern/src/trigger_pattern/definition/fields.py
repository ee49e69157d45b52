"""What `Annotated` says of a field beyond its type: data alone, which the codecs read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True)
class Between:
    """A number's range, both ends included.

    `accepts` is a wider range, where the domain itself refuses what is outside, in its own words. `says` completes
    "Expected ..."; without it, the text is made of the range.
    """

    least: int
    most: int
    accepts: tuple[int, int] | None = None
    says: str = ""


@dataclass(frozen=True)
class Places:
    """How many digits a decimal number may have behind its point."""

    most: int


@dataclass(frozen=True)
class Length:
    """How many characters a text has, or how many items a list, both ends included."""

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

    `read` takes the text without blanks around it, in ASCII, and raises ValueError with what completes "Expected ...".
    `accepts` and `stores` are JSON Schemas of what requests may say and of what `write` makes, at most `most`
    characters of ASCII.
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
"""Nobody can change the field after the creation."""

NOT_ON_CREATION: Final = Mark("not on creation")
"""A POST cannot give the field: it begins with its default."""
