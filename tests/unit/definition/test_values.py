"""Which values each type has in JSON, and how they are written: one text for a value."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import pytest

from trigger_pattern import Between, Length, Named, Parsed, Pattern, Places
from trigger_pattern.definition.codecs import EXACT
from trigger_pattern.definition.compiling import codec_of
from trigger_pattern.definition.reasons import Invalid


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


TEXT = Annotated[str, Length(1, 5)]
PRICE = Annotated[Decimal, Between(-5, 5), Places(2)]
CODE = Annotated[str, Pattern("[A-Z]{2}[0-9]*", "two letters and digits"), Length(2, 4)]
MAYBE = Annotated[str, Pattern("[a-z]*", "letters or nothing")]
ANY = Annotated[str, Parsed(str, {"type": "string"}, {"type": "string"}, 4)]
EVEN = Annotated[int, Parsed(even, {"type": "string"}, {"type": "string"}, 4)]
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hint", "given", "value", "written"),
    [
        (bool, True, True, True),
        (int, EXACT, EXACT, EXACT),
        (int, Decimal("1.432e4"), 14_320, 14_320),
        (Annotated[int, Between(1, 3)], 3, 3, 3),
        (PRICE, "1.5", Decimal("1.50"), "1.50"),
        (PRICE, " -5 ", Decimal("-5.00"), "-5.00"),
        (PRICE, "000.01", Decimal("0.01"), "0.01"),
        (TEXT, "  ü\u4e00 \n", "ü\u4e00", "ü\u4e00"),
        (TEXT, "a\nb\tc", "a\nb\tc", "a\nb\tc"),
        (TEXT, "\U0001f600" * 5, "\U0001f600" * 5, "\U0001f600" * 5),
        (CODE, " AB12\t", "AB12", "AB12"),
        (MAYBE, " ", "", ""),
        (ANY, "", "", ""),
        (EVEN, "12", 12, "12"),
        (UUID, str(UUID(int=1)), UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (date, "2026-11-30", date(2026, 11, 30), "2026-11-30"),
        (datetime, "2026-11-30T13:00:00+01:00", NOON, "2026-11-30T12:00:00.000Z"),
        (datetime, "2026-11-30t12:00:00.000999z", NOON, "2026-11-30T12:00:00.000Z"),
        (TEXT | None, None, None, None),
        (TEXT | None, "a", "a", "a"),
        (Annotated[tuple[TEXT, ...], Length(0, 2)], ["a ", "b"], ("a", "b"), ["a", "b"]),
        (Money, {"amount": "7"}, Money(Decimal("7.00")), {"amount": "7.00", "currency": "EUR"}),
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
    assert codec.write(value) == written
    assert codec.read(codec.write(value)) == value
    assert len(json.dumps(codec.write(value), ensure_ascii=False).encode()) <= codec.most


@pytest.mark.parametrize(
    ("hint", "given", "detail"),
    [
        (bool, 1, "true or false"),
        (bool, "true", "true or false"),
        (bool, None, "true or false"),
        (int, True, f"a whole number from {-EXACT} to {EXACT}"),
        (int, EXACT + 1, f"a whole number from {-EXACT} to {EXACT}"),
        (int, 1.0, f"a whole number from {-EXACT} to {EXACT}"),
        (Annotated[int, Between(1, 3)], 4, "a whole number from 1 to 3"),
        (Annotated[int, Between(1, 3)], "2", "a whole number from 1 to 3"),
        (Annotated[int, Between(1, 3)], Decimal("2.5"), "a whole number from 1 to 3"),
        (PRICE, 1, "a number from -5 to 5 of at most 2 places, in quotes"),
        (PRICE, "5.01", "a number from -5 to 5 of at most 2 places, in quotes"),
        (PRICE, "1.001", "a number from -5 to 5 of at most 2 places, in quotes"),
        (PRICE, "1e0", "a number from -5 to 5 of at most 2 places, in quotes"),
        (PRICE, "+1", "a number from -5 to 5 of at most 2 places, in quotes"),
        (PRICE, "NaN", "a number from -5 to 5 of at most 2 places, in quotes"),
        (PRICE, "\u0661", "a number from -5 to 5 of at most 2 places, in quotes"),
        (TEXT, "", "1 to 5 characters, none of them a control character"),
        (TEXT, "   ", "1 to 5 characters, none of them a control character"),
        (TEXT, "abcdef", "1 to 5 characters, none of them a control character"),
        (TEXT, "a\x00", "1 to 5 characters, none of them a control character"),
        (TEXT, "a\x85", "1 to 5 characters, none of them a control character"),
        (TEXT, "\ud83d", "1 to 5 characters, none of them a control character"),
        (TEXT, 7, "1 to 5 characters, none of them a control character"),
        (CODE, "ab", "two letters and digits"),
        (CODE, "AB123", "two letters and digits"),
        (CODE, "AB\u0661", "two letters and digits"),
        (CODE, None, "two letters and digits"),
        (MAYBE, 7, "letters or nothing"),
        (MAYBE, None, "letters or nothing"),
        (MAYBE, "ü", "letters or nothing"),
        (ANY, 7, "a text in ASCII"),
        (ANY, "ü", "a text in ASCII"),
        (EVEN, "3", "an even number"),
        (EVEN, 2, "an even number"),
        (UUID, str(UUID(int=0)), "a UUID other than the nil UUID"),
        (UUID, "urn:uuid:00000000-0000-0000-0000-000000000001", "a UUID other than the nil UUID"),
        (date, "2026-02-30", "a date, such as 2026-11-30"),
        (date, "20261130", "a date, such as 2026-11-30"),
        (date, "2026-W48-1", "a date, such as 2026-11-30"),
        (datetime, "2026-11-30T12:00:00", "a time with its offset, such as 2026-11-30T12:00:00Z"),
        (datetime, "2026-11-30 12:00:00Z", "a time with its offset, such as 2026-11-30T12:00:00Z"),
        (datetime, "2026-11-30T12:00Z", "a time with its offset, such as 2026-11-30T12:00:00Z"),
        (datetime, "0001-01-01T00:00:00+14:00", "a time with its offset, such as 2026-11-30T12:00:00Z"),
        (datetime, "9999-12-31T23:59:59-14:00", "a time with its offset, such as 2026-11-30T12:00:00Z"),
        (Annotated[tuple[TEXT, ...], Length(1, 2)], [], "a list of 1 to 2 items"),
        (Annotated[tuple[TEXT, ...], Length(1, 2)], ["a"] * 3, "a list of 1 to 2 items"),
        (Annotated[tuple[TEXT, ...], Length(1, 2)], "ab", "a list of 1 to 2 items"),
        (Money, [], "an object"),
        (Money, {"amount": "1", "currency": "XXX"}, "a currency that there is"),
    ],
)
def test_any_other_value_is_answered_with_what_was_expected(hint: Any, given: Any, detail: str) -> None:
    with pytest.raises(Invalid) as invalid:
        codec_of(hint, "here").read(given)
    [fault] = invalid.value.faults
    assert (fault.code, fault.detail, fault.pointer) == ("invalid-value", f"Expected {detail}.", "")


@pytest.mark.parametrize(
    ("hint", "given", "pointers"),
    [
        (Money, {}, ["/amount"]),
        (Money, {"amount": "x", "currency": 7, "tax": 1}, ["/tax", "/amount", "/currency"]),
        (Money, {"amount": "1", "on": "never"}, ["/on"]),
        (Annotated[tuple[Money, ...], Length(0, 3)], [{"amount": "1"}, {}, 7], ["/1/amount", "/2"]),
        (Annotated[tuple[TEXT, ...], Length(0, 3)], ["", "a", None], ["/0", "/2"]),
    ],
)
def test_every_fault_inside_a_value_is_pointed_to(hint: Any, given: Any, pointers: list[str]) -> None:
    with pytest.raises(Invalid) as invalid:
        codec_of(hint, "here").read(given)
    assert [fault.pointer for fault in invalid.value.faults] == pointers
