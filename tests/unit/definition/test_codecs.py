"""How each type is read and written."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Annotated, Any, NewType
from uuid import UUID

import pytest

from trigger_pattern import Between, Doc, Length, Money, Parsed, Pattern, Places
from trigger_pattern.definition.compiling import codec_of
from trigger_pattern.definition.reasons import Invalid

NOTHING_OF_THESE: list[Any] = [None, [], {}, "\ud800", "\x00", float("inf"), float("nan"), Decimal("1e-400")]
"""Of no type here, other than what is optional, a list or an object."""


def read(hint: Any, value: Any) -> Any:
    return codec_of(hint, "Test.field").read(value)


def write(hint: Any, value: Any) -> Any:
    return codec_of(hint, "Test.field").write(value)


def fault_of(hint: Any, value: Any) -> str:
    with pytest.raises(Invalid) as invalid:
        read(hint, value)
    [fault] = invalid.value.faults
    assert fault.code == "invalid-value"
    return f"{fault.pointer}: {fault.detail}" if fault.pointer else fault.detail


class Size(Enum):
    SMALL = "S"
    LARGE = "XL"


class Kind(StrEnum):
    CAT = "cat"
    DOG = "dog"


class TestText:
    hint = Annotated[str, Length(2, 5)]

    @pytest.mark.parametrize("text", ["ab", "abcde", "äöüß€", "🚗🚙", "a b", "a\nb", "a\tb", "a\u00a0b", "日本語"])
    def test_a_text_has_any_characters(self, text: str) -> None:
        assert read(self.hint, text) == write(self.hint, text) == text

    @pytest.mark.parametrize("text", [" ab", "ab\n", "\t ab \r\n"])
    def test_blanks_around_it_do_not_count(self, text: str) -> None:
        assert read(self.hint, text) == "ab"

    def test_only_jsons_blanks_are_blanks(self) -> None:
        assert read(self.hint, "\u00a0ab\u2003") == "\u00a0ab\u2003"

    @pytest.mark.parametrize("text", ["", "a", " a ", "abcdef", "     "])
    def test_its_length_is_bounded_without_the_blanks_around_it(self, text: str) -> None:
        assert fault_of(self.hint, text) == "Expected 2 to 5 characters, none of them a control character."

    @pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x0c", "\x1f", "\x7f", "\x85", "\x9f"])
    def test_it_has_no_control_character(self, character: str) -> None:
        assert "control character" in fault_of(self.hint, f"a{character}b")

    @pytest.mark.parametrize("text", ["a\ud800b", "ab\udfff", "\udc00\ud800"])
    def test_it_has_no_half_of_a_surrogate_pair(self, text: str) -> None:
        assert "control character" in fault_of(self.hint, text)

    @pytest.mark.parametrize("value", [*NOTHING_OF_THESE, 12, True, ["ab"]])
    def test_nothing_else_is_a_text(self, value: Any) -> None:
        fault_of(self.hint, value)

    def test_a_text_may_be_empty_if_its_length_says_so(self) -> None:
        assert read(Annotated[str, Length(0, 5)], "  ") == ""

    @pytest.mark.parametrize("value", [None, 0, False, [], {}])
    def test_nothing_is_not_an_empty_text(self, value: Any) -> None:
        fault_of(Annotated[str, Length(0, 5)], value)


class TestForm:
    hint = Annotated[str, Pattern(r"[A-Z]{2}\d+", "two letters and a number"), Length(3, 6)]

    def test_all_of_it_has_the_form(self) -> None:
        assert read(self.hint, " AB1 ") == "AB1"
        assert fault_of(self.hint, "AB1!") == "Expected two letters and a number."
        assert fault_of(self.hint, "xAB1") == "Expected two letters and a number."
        assert fault_of(self.hint, "AB1\nAB1") == "Expected two letters and a number."

    def test_its_length_is_bounded(self) -> None:
        assert read(self.hint, "AB1234") == "AB1234"
        fault_of(self.hint, "AB12345")

    def test_without_a_length_it_has_at_most_100_characters(self) -> None:
        hint = Annotated[str, Pattern("x*", "x")]
        assert read(hint, "x" * 100) == "x" * 100
        assert read(hint, "") == ""
        fault_of(hint, "x" * 101)

    @pytest.mark.parametrize("text", ["AB\u0661", "ÄB1", "AB\uff11", "AB1\u00a0"])
    def test_it_is_in_ascii(self, text: str) -> None:
        fault_of(self.hint, text)

    @pytest.mark.parametrize("value", [*NOTHING_OF_THESE, 12])
    def test_nothing_else_has_a_form(self, value: Any) -> None:
        fault_of(self.hint, value)


class TestWholeNumber:
    hint = Annotated[int, Between(-2, 12)]

    @pytest.mark.parametrize("value", [-2, 0, 12])
    def test_both_ends_are_in_the_range(self, value: int) -> None:
        assert read(self.hint, value) == write(self.hint, value) == value

    @pytest.mark.parametrize("written", ["12", "12.0", "1.2e1", "120E-1"])
    def test_it_is_the_same_number_however_it_is_written(self, written: str) -> None:
        assert read(self.hint, Decimal(written)) == 12
        assert type(read(self.hint, Decimal(written))) is int

    @pytest.mark.parametrize("value", [-3, 13, Decimal("12.5"), Decimal("0.0000001"), Decimal("1e999999"), 10**400])
    def test_what_is_out_of_range_or_not_whole_is_none(self, value: Any) -> None:
        assert fault_of(self.hint, value) == "Expected a whole number from -2 to 12."

    @pytest.mark.parametrize("value", [*NOTHING_OF_THESE, True, False, "12", 12.0])
    def test_nothing_else_is_a_whole_number(self, value: Any) -> None:
        fault_of(self.hint, value)

    def test_without_bounds_it_is_one_that_every_program_reads_exactly(self) -> None:
        assert read(int, 2**53 - 1) == 2**53 - 1
        assert read(int, 1 - 2**53) == 1 - 2**53
        fault_of(int, 2**53)
        fault_of(int, -(2**53))

    def test_more_may_be_read_than_is_stored(self) -> None:
        codec = codec_of(Annotated[int, Between(0, 9, accepts=(-9, 99), says="a digit")], "Test.field")
        assert codec.read(-9) == -9
        assert codec.read(99) == 99
        assert (codec.accepts["minimum"], codec.accepts["maximum"]) == (-9, 99)
        assert (codec.stores["minimum"], codec.stores["maximum"]) == (0, 9)
        with pytest.raises(Invalid, match="Expected a digit"):
            codec.read(100)


class TestDecimal:
    hint = Annotated[Decimal, Between(-1, 100), Places(2)]

    @pytest.mark.parametrize(
        ("text", "canonical"),
        [("1", "1.00"), ("1.5", "1.50"), ("-0.01", "-0.01"), ("100", "100.00"), (" 007 ", "7.00")],
    )
    def test_it_is_written_with_all_its_places(self, text: str, canonical: str) -> None:
        assert read(self.hint, text) == Decimal(text.strip())
        assert write(self.hint, read(self.hint, text)) == canonical

    def test_there_is_one_zero(self) -> None:
        assert {write(self.hint, read(self.hint, text)) for text in ("0", "0.0", "-0", "-0.00")} == {"0.00"}

    @pytest.mark.parametrize("text", ["1.555", "1.000", "100.01", "-1.01", "1e1", "+1", ".5", "1.", "1,5", "NaN", ""])
    def test_other_texts_are_no_such_number(self, text: str) -> None:
        assert fault_of(self.hint, text) == "Expected a number from -1 to 100 of at most 2 places, in quotes."

    @pytest.mark.parametrize("text", ["\u0661", "\uff11", "1\u00a0"])
    def test_its_digits_are_those_of_ascii(self, text: str) -> None:
        fault_of(self.hint, text)

    @pytest.mark.parametrize("value", [*NOTHING_OF_THESE, 1, Decimal("1.5"), True])
    def test_a_number_that_is_no_text_is_none(self, value: Any) -> None:
        fault_of(self.hint, value)

    def test_without_places_it_is_whole(self) -> None:
        hint = Annotated[Decimal, Between(0, 10**29), Places(0)]
        assert write(hint, read(hint, "123")) == "123"
        fault_of(hint, "123.0")

    @pytest.mark.parametrize(("places", "texts"), [(0, ["1", "-12"]), (2, ["1", "1.5", "-1.55"])])
    def test_its_schema_has_as_many_places(self, places: int, texts: list[str]) -> None:
        pattern = codec_of(Annotated[Decimal, Between(-99, 99), Places(places)], "").accepts["pattern"]
        assert all(re.search(pattern, text) for text in texts)
        assert not re.search(pattern, "1." + "5" * (places + 1))

    def test_a_long_one_is_kept_to_its_last_digit(self) -> None:
        hint = Annotated[Decimal, Between(0, 10**29), Places(10)]
        assert write(hint, read(hint, "9" * 29)) == "9" * 29 + "." + "0" * 10


class TestTruth:
    @pytest.mark.parametrize("value", [True, False])
    def test_it_is_true_or_false(self, value: object) -> None:
        assert read(bool, value) is write(bool, value) is value

    @pytest.mark.parametrize("value", [*NOTHING_OF_THESE, 0, 1, "true", ""])
    def test_nothing_else_is(self, value: Any) -> None:
        assert fault_of(bool, value) == "Expected true or false."


class TestEnumeration:
    @pytest.mark.parametrize("text", ["cat", "CAT", " Cat\n"])
    def test_a_member_is_read_in_any_case(self, text: str) -> None:
        assert read(Kind, text) is Kind.CAT
        assert write(Kind, Kind.CAT) == "cat"

    def test_its_value_is_what_counts(self) -> None:
        assert read(Size, "xl") is Size.LARGE
        assert write(Size, Size.LARGE) == "XL"
        assert fault_of(Size, "LARGE") == "Expected one of S, XL."

    @pytest.mark.parametrize("value", [*NOTHING_OF_THESE, "", "do", "dogs", "\u017fmall", 0, True, "ca\u0442"])
    def test_nothing_else_is_a_member(self, value: Any) -> None:
        assert fault_of(Kind, value) == "Expected one of cat, dog."


class TestUuid:
    text = "ad4181f8-c33f-4e81-9d9e-0896188d73f0"

    def test_it_is_read_in_either_case_and_written_in_lower_case(self) -> None:
        assert read(UUID, f" {self.text.upper()} ") == UUID(self.text)
        assert write(UUID, UUID(self.text)) == self.text

    @pytest.mark.parametrize(
        "text",
        [
            "00000000-0000-0000-0000-000000000000",
            "{ad4181f8-c33f-4e81-9d9e-0896188d73f0}",
            "urn:uuid:ad4181f8-c33f-4e81-9d9e-0896188d73f0",
            "ad4181f8c33f4e819d9e0896188d73f0",
            "ad4181f8-c33f-4e81-9d9e-0896188d73f",
            "ad4181f8-c33f-4e81-9d9e-0896188d73f\u0660",
            "gd4181f8-c33f-4e81-9d9e-0896188d73f0",
            "",
        ],
    )
    def test_other_texts_are_none(self, text: str) -> None:
        assert fault_of(UUID, text) == "Expected a UUID other than the nil UUID."

    @pytest.mark.parametrize("value", [*NOTHING_OF_THESE, 1, UUID(text)])
    def test_nothing_else_is(self, value: Any) -> None:
        fault_of(UUID, value)


class TestDate:
    @pytest.mark.parametrize("text", ["2026-11-30", "2024-02-29", "0001-01-01", "9999-12-31"])
    def test_a_date_of_the_calendar_is_read(self, text: str) -> None:
        assert write(date, read(date, f" {text} ")) == text

    @pytest.mark.parametrize(
        "text", ["2026-02-29", "2026-13-01", "0000-01-01", "20261130", "2026-W48-1", "26-11-30", "2026-11-30T00:00:00Z"]
    )
    def test_other_texts_are_none(self, text: str) -> None:
        assert fault_of(date, text) == "Expected a date, such as 2026-11-30."

    @pytest.mark.parametrize("value", [*NOTHING_OF_THESE, 20261130, "\uff12026-11-30"])
    def test_nothing_else_is(self, value: Any) -> None:
        fault_of(date, value)


class TestTimeOfDay:
    @pytest.mark.parametrize(("text", "canonical"), [("00:00", "00:00:00"), ("09:30", "09:30:00"), ("23:59:59",) * 2])
    def test_it_is_written_with_its_seconds(self, text: str, canonical: str) -> None:
        assert write(time, read(time, f" {text} ")) == canonical
        assert read(time, canonical) == read(time, text)

    @pytest.mark.parametrize(
        "text", ["9:30", "24:00", "09:60", "09:30:60", "0930", "09", "09:30:00.5", "09:30Z", "09:30+01:00", "09:30 pm"]
    )
    def test_other_texts_are_none(self, text: str) -> None:
        assert fault_of(time, text) == "Expected a time of day, such as 09:30 or 09:30:00."

    @pytest.mark.parametrize("value", [*NOTHING_OF_THESE, 930, "\uff109:30"])
    def test_nothing_else_is(self, value: Any) -> None:
        fault_of(time, value)

    @pytest.mark.parametrize("text", ["09:30", "09:30:00", "24:00", "9:30"])
    def test_its_schemas_say_so(self, text: str) -> None:
        codec = codec_of(time, "Test.field")
        accepted, stored = (re.search(side["pattern"], text) for side in (codec.accepts, codec.stores))
        assert bool(accepted) == (text in ("09:30", "09:30:00"))
        assert bool(stored) == (text == "09:30:00")


class TestMoney:
    def test_it_is_an_amount_of_a_currency(self) -> None:
        written = {"amount": "12.50", "currency": "EUR"}
        assert write(Money, read(Money, {"amount": "12.5", "currency": "EUR"})) == written
        assert read(Money, written) == Money(Decimal("12.50"), "EUR")

    @pytest.mark.parametrize(
        "value",
        [*NOTHING_OF_THESE, "12.50 EUR", {"amount": "12.50"}]
        + [{"amount": "1", "currency": other} for other in ("eur", "EU", "EURO", "", None)]
        + [{"amount": other, "currency": "EUR"} for other in ("-0.01", "1.234", "1000000000.01", "", None)],
    )
    def test_nothing_else_is(self, value: Any) -> None:
        with pytest.raises(Invalid):
            read(Money, value)


class TestTime:
    @pytest.mark.parametrize(
        ("text", "canonical"),
        [
            ("2026-11-30T12:00:00Z", "2026-11-30T12:00:00.000Z"),
            ("2026-11-30t12:00:00z", "2026-11-30T12:00:00.000Z"),
            ("2026-11-30T12:00:00.1+01:30", "2026-11-30T10:30:00.100Z"),
            ("2026-11-30T00:30:00+01:00", "2026-11-29T23:30:00.000Z"),
            ("2026-11-30T12:00:00.123999-00:00", "2026-11-30T12:00:00.123Z"),
        ],
    )
    def test_it_is_written_in_utc_in_whole_milliseconds(self, text: str, canonical: str) -> None:
        assert write(datetime, read(datetime, text)) == canonical
        assert read(datetime, canonical) == read(datetime, text)

    def test_it_is_aware(self) -> None:
        assert read(datetime, "2026-11-30T12:00:00Z") == datetime(2026, 11, 30, 12, tzinfo=UTC)

    @pytest.mark.parametrize(
        "text",
        [
            "2026-11-30T12:00:00",
            "2026-11-30 12:00:00Z",
            "2026-11-30T12:00Z",
            "2026-11-30",
            "2026-02-30T12:00:00Z",
            "2026-11-30T24:00:00Z",
            "2026-11-30T12:00:60Z",
            "2026-11-30T12:00:00+0100",
            "2026-11-30T12:00:00+24:00",
            "2026-11-30T12:00:00.1234567Z",
            "0001-01-01T00:00:00+01:00",
            "9999-12-31T23:59:59-01:00",
            "\uff12026-11-30T12:00:00Z",
        ],
    )
    def test_other_texts_are_none(self, text: str) -> None:
        assert fault_of(datetime, text) == "Expected a time with its offset, such as 2026-11-30T12:00:00Z."

    @pytest.mark.parametrize("value", [*NOTHING_OF_THESE, 1_764_500_000])
    def test_nothing_else_is(self, value: Any) -> None:
        fault_of(datetime, value)


@dataclass(frozen=True)
class Range:
    least: Annotated[int, Between(0, 9)]
    most: Annotated[int, Between(0, 9)] = 9
    unit: Annotated[str, Length(1, 3)] | None = None

    def __post_init__(self) -> None:
        if self.least > self.most:
            raise ValueError("a range that is not empty")


class TestObject:
    def test_what_has_a_default_may_be_left_out(self) -> None:
        assert read(Range, {"least": 1}) == read(Range, {"least": 1, "most": 9, "unit": None}) == Range(1)

    def test_what_is_absent_is_not_written(self) -> None:
        assert write(Range, Range(1)) == {"least": 1, "most": 9}
        assert write(Range, Range(1, 2, "cm")) == {"least": 1, "most": 2, "unit": "cm"}

    def test_each_fault_has_its_pointer(self) -> None:
        with pytest.raises(Invalid) as invalid:
            read(Range, {"most": 10, "unit": "", "x/y": 1})
        found = [(fault.code, fault.pointer) for fault in invalid.value.faults]
        assert found == [
            ("unknown-field", "/x~1y"),
            ("missing-value", "/least"),
            ("invalid-value", "/most"),
            ("invalid-value", "/unit"),
        ]

    def test_its_own_rule_is_a_fault_too(self) -> None:
        assert fault_of(Range, {"least": 5, "most": 4}) == "Expected a range that is not empty."

    @pytest.mark.parametrize("value", [None, [], "", 1, True])
    def test_nothing_else_is_an_object(self, value: Any) -> None:
        assert fault_of(Range, value) == "Expected an object."


class TestList:
    hint = Annotated[tuple[Annotated[int, Between(0, 9)], ...], Length(1, 3)]

    def test_its_items_are_read_in_their_order(self) -> None:
        assert read(self.hint, [3, 1, 3]) == (3, 1, 3)
        assert write(self.hint, (3, 1, 3)) == [3, 1, 3]

    @pytest.mark.parametrize("value", [[], [1, 2, 3, 4], None, {}, "123", 1, (1, 2)])
    def test_its_length_is_bounded(self, value: Any) -> None:
        assert fault_of(self.hint, value) == "Expected a list of 1 to 3 items."

    def test_each_faulty_item_is_named(self) -> None:
        with pytest.raises(Invalid) as invalid:
            read(self.hint, [10, 1, "x"])
        assert [fault.pointer for fault in invalid.value.faults] == ["/0", "/2"]

    def test_a_list_of_objects_names_the_field(self) -> None:
        assert fault_of(Annotated[tuple[Range, ...], Length(0, 2)], [{"least": 1}, {"least": 10}]).startswith(
            "/1/least:"
        )


class TestOptional:
    hint = Annotated[int, Between(0, 9)] | None

    def test_null_is_none(self) -> None:
        assert read(self.hint, None) is None
        assert write(self.hint, None) is None
        assert read(self.hint, 0) == 0

    def test_what_annotated_says_may_stand_outside(self) -> None:
        assert fault_of(Annotated[str | None, Length(1, 2), Doc("A code")], "abc").startswith(
            "Expected 1 to 2 characters"
        )

    def test_its_schema_allows_null(self) -> None:
        assert codec_of(self.hint, "").accepts["type"] == ["integer", "null"]
        assert codec_of(Kind | None, "").accepts == {"anyOf": [codec_of(Kind, "").accepts, {"type": "null"}]}


def read_roman(text: str) -> int:
    if text in ("I", "II", "III"):
        return len(text)
    raise ValueError("a Roman number up to III")


ROMAN = Parsed(
    read_roman,
    accepts={"type": "string"},
    stores={"enum": ["I", "II", "III"]},
    most=3,
    write=lambda number: "I" * number,
)
Rank = NewType("Rank", int)


class TestTypeOfTheAuthors:
    hint = Annotated[Rank, ROMAN]

    def test_it_is_read_and_written_as_the_author_says(self) -> None:
        assert read(self.hint, " II ") == 2
        assert write(self.hint, 2) == "II"

    @pytest.mark.parametrize("value", [*NOTHING_OF_THESE, "", "IIII", "\u2161", 2])
    def test_what_it_refuses_is_a_fault_in_its_words(self, value: Any) -> None:
        assert fault_of(self.hint, value) == "Expected a Roman number up to III."


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (Annotated[str, Length(0, 7)], "🚗" * 7),
        (Annotated[str, Pattern("x+", "x"), Length(1, 7)], "x" * 7),
        (int, 1 - 2**53),
        (Annotated[Decimal, Between(-(10**29), 10**29), Places(30)], Decimal("-" + "9" * 29 + "." + "9" * 30)),
        (bool, False),
        (Size, Size.LARGE),
        (UUID, UUID(int=1)),
        (date, date(9999, 12, 31)),
        (datetime, datetime(9999, 12, 31, 23, 59, 59, 999_000, tzinfo=UTC)),
        (Range, Range(9, 9, "🚗🚗🚗")),
        (Annotated[tuple[Range, ...], Length(0, 3)], (Range(9, 9, "🚗🚗🚗"),) * 3),
        (Annotated[Rank, ROMAN], 3),
    ],
)
def test_no_value_is_written_with_more_bytes_than_its_codec_says(hint: Any, value: Any) -> None:
    codec = codec_of(hint, "Test.field")
    written = json.dumps(codec.write(value), ensure_ascii=False, separators=(",", ":"))
    assert len(written.encode()) <= codec.most
