"""The codecs that read single values from JSON and write them: the article's *data-type validation*.

A reader takes any JSON value, strips the blanks around a text, and reports what it expected. Writing is canonical: each
value has one text.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias

from trigger_pattern.definition.fields import Between, Parsed, Places
from trigger_pattern.definition.reasons import expected

if TYPE_CHECKING:
    from trigger_pattern.definition.records import Field

Json: TypeAlias = Any
Schema: TypeAlias = Mapping[str, Json]

BLANKS = " \t\r\n"
"""JSON's own whitespace (RFC 8259, section 2)."""

EXACT = 2**53 - 1
"""The largest whole number that every program reads exactly from JSON (RFC 8259, section 6)."""

_EVERY_DIGIT = Context(prec=60)
"""Precise enough for every number that _NUMBER matches."""

_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")


@dataclass(frozen=True)
class Codec:
    """The reader and the writer of a type; `read` raises Invalid.

    `accepts` and `stores` are the JSON Schemas of values in requests and of written values. A written value has at most
    `most` bytes in UTF-8. `members` are an object's, and `items` is the largest length of a list. `whole` reads a PUT,
    without defaults in any object; None if this codec does.
    """

    read: Callable[[Json], Any]
    write: Callable[[Any], Json]
    accepts: Schema
    stores: Schema
    most: int
    members: "Mapping[str, Field] | None" = None
    items: int = 1
    whole: "Codec | None" = None

    def of(self, *, defaults: bool) -> "Codec":
        """Return the codec that fills in defaults for missing fields, or the one that fills in only None."""
        return self if defaults or self.whole is None else self.whole


def word(value: Json) -> str:
    """Return a text without the blanks around it; empty if it is not ASCII, since other characters may fold into it."""
    return value.strip(BLANKS) if is_ascii(value) else ""


def is_ascii(value: Json) -> bool:
    """Return whether a value is a text in ASCII."""
    return isinstance(value, str) and value.isascii()


def parsed(form: Parsed) -> Codec:
    """Return the codec of a text that the author's own functions read and write."""

    def read(value: Json) -> Any:  # noqa: ANN401 - the author's own type
        try:
            parsed = form.read(word(value))
        except ValueError as error:
            raise expected(str(error)) from error
        if not is_ascii(value):
            raise expected("a text in ASCII")
        return parsed

    return Codec(read, form.write, form.accepts, form.stores, form.most + 2)


def boolean() -> Codec:
    """Return the codec of true and false."""

    def read(value: Json) -> bool:
        if isinstance(value, bool):
            return value
        raise expected("true or false")

    return Codec(read, bool, {"type": "boolean"}, {"type": "boolean"}, 5)


def whole(between: Between) -> Codec:
    """Return the codec of whole numbers, in any spelling: 14320, 14320.0 or 1.432e4 (JSON Schema 2020-12, integer)."""
    least, most = between.accepts or (between.least, between.most)

    def read(value: Json) -> int:
        is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        if is_number and least <= value <= most and value == int(value):
            return int(value)
        raise expected(between.says or f"a whole number from {least} to {most}")

    stores = {"type": "integer", "minimum": between.least, "maximum": between.most}
    return Codec(read, int, {**stores, "minimum": least, "maximum": most}, stores, 20)


def decimal(between: Between, places: Places) -> Codec:
    """Return the codec of decimal numbers, which are text in JSON: many programs lose digits of a fraction."""
    stored = (between.least, between.most)
    least, most = between.accepts or stored
    says = between.says or f"a number from {least} to {most} of at most {places.most} places, in quotes"

    def read(value: Json) -> Decimal:
        text = word(value)
        number = Decimal(text) if _NUMBER.fullmatch(text) else None
        if number is None or not least <= number <= most or len(text.partition(".")[2]) > places.most:
            raise expected(says)
        exact = _exact(number, places)
        return exact or exact.copy_abs()  # there is one zero

    return Codec(
        read,
        lambda value: format(value, "f"),
        _decimal_schema(between.accepts or stored, places),
        _decimal_schema(stored, places),
        64,
    )


def _decimal_schema(bounds: tuple[int | Decimal, int | Decimal], places: Places) -> Schema:
    """Return the schema of a text that is a number. JSON Schema bounds no texts, so the bounds are annotations."""
    sign = "-?" if bounds[0] < 0 else ""
    fraction = rf"(\.[0-9]{{1,{places.most}}})?" if places.most else ""
    least, most = (format(_exact(Decimal(bound), places), "f") for bound in bounds)
    pattern = rf"^{sign}[0-9]{{1,30}}{fraction}$"
    return {"type": "string", "pattern": pattern, "x-minimum": least, "x-maximum": most}


def _exact(number: Decimal, places: Places) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places.most), context=_EVERY_DIGIT)


def one_of(enumeration: type[Enum]) -> Codec:
    """Return the codec of an enumeration: its members' values, which are texts, in any case."""
    values = [str(member.value) for member in enumeration]
    folded = {value.lower(): member for value, member in zip(values, enumeration, strict=True)}

    def read(value: Json) -> Enum:
        if member := folded.get(word(value).lower()):
            return member
        raise expected(f"one of {', '.join(values)}")

    schema = {"type": "string", "enum": values}
    return Codec(read, lambda member: str(member.value), schema, schema, max(map(len, values)) + 2)
