"""Which values each type has in JSON, and how they are written: one text for a value."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Annotated, Any, NewType
from uuid import UUID

import pytest

from trigger_pattern import Between, Doc, Length, Named, Parsed, Pattern, Places
from trigger_pattern import Money as Amount
from trigger_pattern.definition.codecs import EXACT
from trigger_pattern.definition.compiling import codec_of
from trigger_pattern.definition.reasons import Invalid


class Size(Enum):
    SMALL = "S"
    LARGE = "XL"


class Kind(StrEnum):
    CAT = "cat"
    DOG = "dog"


@dataclass(frozen=True)
class Money:
    amount: Annotated[Decimal, Between(0, 1000), Places(2)]
    currency: Annotated[str, Pattern("[A-Z]{3}", "three letters"), Length(3, 3)] = "EUR"
    paid_on: Annotated[date | None, Named("on")] = None

    def __post_init__(self) -> None:
        if self.currency == "XXX":
            raise ValueError("a currency that there is")


def even(text: str) -> int:
    if text.isdigit() and int(text) % 2 == 0:
        return int(text)
    raise ValueError("an even number")


def roman(text: str) -> int:
    if text in ("I", "II", "III"):
        return len(text)
    raise ValueError("a Roman number up to III")


TEXT = Annotated[str, Length(1, 5)]
PRICE = Annotated[Decimal, Between(-5, 5), Places(2)]
LONG = Annotated[Decimal, Between(-(10**29), 10**29), Places(30)]
WHOLE = Annotated[Decimal, Between(0, 10**29), Places(0)]
SMALL = Annotated[int, Between(-2, 12)]
CODE = Annotated[str, Pattern("[A-Z]{2}[0-9]*", "two letters and digits"), Length(2, 4)]
MAYBE = Annotated[str, Pattern("[a-z]*", "letters or nothing")]
ANY = Annotated[str, Parsed(str, {"type": "string"}, {"type": "string"}, 4)]
EVEN = Annotated[int, Parsed(even, {"type": "string"}, {"type": "string"}, 4)]
Rank = NewType("Rank", int)
RANK = Annotated[Rank, Parsed(roman, {"type": "string"}, {"enum": []}, 5, write=lambda number: "I" * number)]
TEXTS = Annotated[tuple[TEXT, ...], Length(1, 3)]
TWELVE_FIFTY = {"amount": "12.50", "currency": "EUR"}
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
AN_ID = "ad4181f8-c33f-4e81-9d9e-0896188d73f0"


@pytest.mark.parametrize(
    ("hint", "given", "value", "written"),
    [
        (bool, True, True, True),
        (bool, False, False, False),
        (int, 2**53 - 1, 2**53 - 1, 2**53 - 1),
        (int, 1 - 2**53, 1 - 2**53, 1 - 2**53),
        (int, Decimal("1.432e4"), 14_320, 14_320),
        (SMALL, -2, -2, -2),
        *((SMALL, Decimal(twelve), 12, 12) for twelve in ("12", "12.0", "1.2e1", "120E-1")),
        (PRICE, "1.5", Decimal("1.50"), "1.50"),
        (PRICE, " -5 ", Decimal("-5.00"), "-5.00"),
        (PRICE, "000.01", Decimal("0.01"), "0.01"),
        *((PRICE, zero, Decimal(0), "0.00") for zero in ("0", "0.0", "-0", "-0.00")),
        (WHOLE, "123", Decimal(123), "123"),
        (LONG, "-" + "9" * 29, Decimal("-" + "9" * 29), "-" + "9" * 29 + "." + "0" * 30),
        (LONG, "9" * 29 + "." + "9" * 30, Decimal("9" * 29 + "." + "9" * 30), "9" * 29 + "." + "9" * 30),
        (TEXT, "  ü\u4e00 \r\n", "ü\u4e00", "ü\u4e00"),
        (TEXT, "a\nb\tc", "a\nb\tc", "a\nb\tc"),
        (TEXT, "\u00a0ab\u2003", "\u00a0ab\u2003", "\u00a0ab\u2003"),
        (TEXT, "\U0001f600" * 5, "\U0001f600" * 5, "\U0001f600" * 5),
        (Annotated[str, Length(0, 5)], "  ", "", ""),
        (CODE, " AB12\t", "AB12", "AB12"),
        (MAYBE, " ", "", ""),
        (MAYBE, "x" * 100, "x" * 100, "x" * 100),
        *((Kind, cat, Kind.CAT, "cat") for cat in ("cat", "CAT", " Cat\n")),
        (Size, "xl", Size.LARGE, "XL"),
        (ANY, "", "", ""),
        (EVEN, "12", 12, "12"),
        (RANK, " III ", 3, "III"),
        (UUID, f" {AN_ID.upper()} ", UUID(AN_ID), AN_ID),
        *((date, f" {day} ", date.fromisoformat(day), day) for day in ("2024-02-29", "0001-01-01", "9999-12-31")),
        *((time, given, time(9, 30), "09:30:00") for given in (" 09:30 ", "09:30:00")),
        (time, "23:59:59", time(23, 59, 59), "23:59:59"),
        (Amount, {"amount": "12.5", "currency": "EUR"}, Amount(Decimal("12.50"), "EUR"), TWELVE_FIFTY),
        (datetime, "2026-11-30T13:30:00+01:30", NOON, "2026-11-30T12:00:00.000Z"),
        (datetime, "2026-12-01T00:30:00+12:30", NOON, "2026-11-30T12:00:00.000Z"),
        (datetime, "2026-11-30t12:00:00.000999z", NOON, "2026-11-30T12:00:00.000Z"),
        (datetime, "2026-11-30T12:00:00.1-00:00", NOON.replace(microsecond=100_000), "2026-11-30T12:00:00.100Z"),
        (TEXT | None, None, None, None),
        (TEXT | None, "a", "a", "a"),
        (SMALL | None, 0, 0, 0),
        (TEXTS, ["c ", "a", "c"], ("c", "a", "c"), ["c", "a", "c"]),
        (Money, {"amount": "7"}, Money(Decimal("7.00")), {"amount": "7.00", "currency": "EUR"}),
        (Money, {"amount": "7", "on": None}, Money(Decimal("7.00")), {"amount": "7.00", "currency": "EUR"}),
        (
            Money,
            {"amount": "7.1", "currency": "USD", "on": "2026-01-02"},
            Money(Decimal("7.10"), "USD", date(2026, 1, 2)),
            {"amount": "7.10", "currency": "USD", "on": "2026-01-02"},
        ),
    ],
)
def test_a_value_is_read_and_written_in_one_spelling(hint: Any, given: Any, value: Any, written: Any) -> None:
    codec = codec_of(hint, "here")
    assert codec.read(given) == value
    assert type(codec.read(given)) is type(value)
    assert codec.write(codec.read(given)) == written
    assert codec.read(written) == value
    text = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
    assert len(text.encode()) <= codec.most


REFUSED: list[tuple[Any, str, list[Any]]] = [
    (bool, "true or false", [0, 1, "true", ""]),
    (int, f"a whole number from {-EXACT} to {EXACT}", [True, 2**53, -(2**53), 1.0]),
    (SMALL, "a whole number from -2 to 12",
     [-3, 13, "2", 12.0, False, Decimal("2.5"), Decimal("1e-7"), Decimal("1e999999"), 10**400]),
    (PRICE, "a number from -5 to 5 of at most 2 places, in quotes",
     [1, Decimal("1.5"), True, "5.01", "-5.01", "1.001", "1.000", "1e0", "+1", ".5", "1.", "1,5", "NaN", "", "\u0661",
      "\uff11", "1\u00a0"]),
    (WHOLE, f"a number from 0 to {10**29} of at most 0 places, in quotes", ["123.0"]),
    (TEXT, "1 to 5 characters, none of them a control character",
     ["", "   ", "abcdef", "ab\udfff", "\udc00\ud800", 7, True, ["ab"],
      *(f"a{control}b" for control in "\x00\x07\x0b\x0c\x1f\x7f\x85\x9f")]),
    (CODE, "two letters and digits", ["ab", "xAB1", "AB1!", "AB1\nAB1", "AB123", "ÄB1", "AB\u0661", "AB\uff11", 12]),
    (MAYBE, "letters or nothing", [7, "ü", "x" * 101]),
    (Kind, "one of cat, dog", ["", "do", "dogs", 0, True, "ca\u0442"]),
    (Size, "one of S, XL", ["LARGE", "\u017f"]),
    (ANY, "a text in ASCII", [7, "ü"]),
    (EVEN, "an even number", ["3", 2]),
    (RANK, "a Roman number up to III", ["", "IIII", "\u2161", 2]),
    (UUID, "a UUID other than the nil UUID",
     [str(UUID(int=0)), f"{{{AN_ID}}}", f"urn:uuid:{AN_ID}", AN_ID.replace("-", ""), AN_ID[:-1], AN_ID[:-1] + "\u0660",
      "g" + AN_ID[1:], "", 1, UUID(AN_ID)]),
    (date, "a date, such as 2026-11-30",
     ["2026-02-29", "2026-13-01", "0000-01-01", "20261130", "2026-W48-1", "26-11-30", "2026-11-30T00:00:00Z", 20261130,
      "\uff12026-11-30"]),
    (datetime, "a time with its offset, such as 2026-11-30T12:00:00Z",
     ["2026-11-30T12:00:00", "2026-11-30 12:00:00Z", "2026-11-30T12:00Z", "2026-11-30", "2026-02-30T12:00:00Z",
      "2026-11-30T24:00:00Z", "2026-11-30T12:00:60Z", "2026-11-30T12:00:00+0100", "2026-11-30T12:00:00+24:00",
      "2026-11-30T12:00:00.1234567Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
      "\uff12026-11-30T12:00:00Z", 1_764_500_000]),
    (time, "a time of day, such as 09:30 or 09:30:00",
     ["9:30", "24:00", "09:60", "09:30:60", "0930", "09", "09:30:00.5", "09:30Z", "09:30+01:00", "09:30 pm", 930,
      "\uff109:30"]),
    (TEXTS, "a list of 1 to 3 items", ["ab", 1, ["a"] * 4, ("a", "b")]),
    (Money, "an object", ["", 1, True]),
    (Money, "a currency that there is", [{"amount": "1", "currency": "XXX"}]),
    (Annotated[str | None, Length(1, 5), Doc("A code")], "1 to 5 characters, none of them a control character",
     ["abcdef"]),
]  # fmt: skip
NOTHING: list[Any] = ["\ud800", "\x00", float("inf"), float("nan"), Decimal("1e-400")]
"""Of no type here."""
EMPTY: list[Any] = [None, [], {}]


@pytest.mark.parametrize(
    ("hint", "detail", "given"), [(hint, detail, value) for hint, detail, values in REFUSED for value in values]
)
def test_any_other_value_is_answered_with_what_was_expected(hint: Any, given: Any, detail: str) -> None:
    with pytest.raises(Invalid) as invalid:
        codec_of(hint, "here").read(given)
    [fault] = invalid.value.faults
    assert (fault.code, fault.detail, fault.pointer) == ("invalid-value", f"Expected {detail}.", "")


@pytest.mark.parametrize("hint", [hint for hint, *_ in REFUSED[:-4] if hint is not ANY])
@pytest.mark.parametrize("given", [*NOTHING, *EMPTY])
def test_what_is_nothing_or_of_another_type_is_no_value(hint: Any, given: Any) -> None:
    with pytest.raises(Invalid):
        codec_of(hint, "here").read(given)


@pytest.mark.parametrize("given", [*NOTHING, None])
@pytest.mark.parametrize("hint", [TEXTS, Money, Annotated[str, Length(0, 5)]])
def test_nor_is_it_a_list_an_object_or_an_empty_text(hint: Any, given: Any) -> None:
    with pytest.raises(Invalid):
        codec_of(hint, "here").read(given)


@pytest.mark.parametrize(
    ("hint", "given", "faults"),
    [
        (Money, {}, ["missing-value /amount"]),
        (
            Money,
            {"amount": "x", "currency": 7, "a/b": 1},
            ["unknown-field /a~1b", "invalid-value /amount", "invalid-value /currency"],
        ),
        (Money, {"amount": "1", "on": "never"}, ["invalid-value /on"]),
        (
            Annotated[tuple[Money, ...], Length(0, 3)],
            [{"amount": "1"}, {}, 7],
            ["missing-value /1/amount", "invalid-value /2"],
        ),
        (TEXTS, ["", "a", None], ["invalid-value /0", "invalid-value /2"]),
        (Amount, {"amount": "12.50"}, ["missing-value /currency"]),
        *(
            (Amount, {"amount": "1", "currency": given}, ["invalid-value /currency"])
            for given in ("eur", "EU", "", None)
        ),
        *(
            (Amount, {"amount": given, "currency": "EUR"}, ["invalid-value /amount"])
            for given in ("-0.01", "1.234", "1000000000.01", "", None)
        ),
    ],
)
def test_every_fault_inside_a_value_is_pointed_to(hint: Any, given: Any, faults: list[str]) -> None:
    with pytest.raises(Invalid) as invalid:
        codec_of(hint, "here").read(given)
    assert [f"{fault.code} {fault.pointer}" for fault in invalid.value.faults] == faults


def test_more_may_be_read_than_is_stored() -> None:
    codec = codec_of(Annotated[int, Between(0, 9, accepts=(-9, 99), says="a digit")], "here")
    assert (codec.read(-9), codec.read(99)) == (-9, 99)
    assert (codec.accepts["minimum"], codec.accepts["maximum"]) == (-9, 99)
    assert (codec.stores["minimum"], codec.stores["maximum"]) == (0, 9)
    with pytest.raises(Invalid, match="Expected a digit"):
        codec.read(100)


def test_the_range_of_a_decimal_may_begin_and_end_at_a_fraction() -> None:
    codec = codec_of(Annotated[Decimal, Between(Decimal("0.01"), Decimal("9.5")), Places(2)], "here")
    assert (codec.read("0.01"), codec.read("9.5")) == (Decimal("0.01"), Decimal("9.50"))
    with pytest.raises(Invalid, match=re.escape("Expected a number from 0.01 to 9.5 of at most 2 places")):
        codec.read("0")


def test_the_schema_of_a_decimal_has_its_range() -> None:
    codec = codec_of(Annotated[Decimal, Between(0, Decimal("9.5"), accepts=(-10, 10)), Places(2)], "here")
    assert codec.accepts["pattern"] == r"^-?[0-9]{1,30}(\.[0-9]{1,2})?$"
    assert codec.stores == {
        "type": "string", "pattern": r"^[0-9]{1,30}(\.[0-9]{1,2})?$", "x-minimum": "0.00", "x-maximum": "9.50"
    }  # fmt: skip
    assert (codec.accepts["x-minimum"], codec.accepts["x-maximum"]) == ("-10.00", "10.00")


@pytest.mark.parametrize(("places", "texts"), [(0, ["1", "-12"]), (2, ["1", "1.5", "-1.55"])])
def test_the_schema_of_a_decimal_has_as_many_places(places: int, texts: list[str]) -> None:
    pattern = codec_of(Annotated[Decimal, Between(-99, 99), Places(places)], "").accepts["pattern"]
    assert all(re.search(pattern, text) for text in texts)
    assert not re.search(pattern, "1." + "5" * (places + 1))


def test_the_schema_of_an_optional_value_allows_null() -> None:
    assert codec_of(SMALL | None, "").accepts["type"] == ["integer", "null"]
    assert codec_of(Kind | None, "").accepts == {"anyOf": [codec_of(Kind, "").accepts, {"type": "null"}]}
