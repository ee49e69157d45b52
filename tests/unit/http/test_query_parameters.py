"""How the texts of a query are read: numbers, times, and names that there are not."""

from datetime import UTC, datetime

import pytest

from resources.cars import CARS, Color
from tests.support.http import request
from tests.support.lambda_context import FakeContext
from trigger_pattern.http.exchange import Request
from trigger_pattern.http.parameters import MAX_VERSION, Parameters

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def parameters(**query: str) -> Parameters:
    event = {**request("GET", "/cars"), "queryStringParameters": query}
    return Parameters(Request.of(event, FakeContext()))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("100", 100),
        ("+5", 5),
        (" 5", 5),  # a `+` that was not encoded arrives as a blank
        (" 5 ", 5),
        ("005", 5),
        ("0" * 17 + "100", 100),
    ],
)
def test_a_number_is_written_in_asciis_digits(text: str, number: int) -> None:
    given = parameters(limit=text)
    assert (given.number("limit", 1, 100, default=50), given.faults) == (number, [])


@pytest.mark.parametrize(
    "text",
    ["", " ", "+", "1_0", "1 0", "++5", "+ 5", "5.0", "1e1", "0x5", "\t5", "5\n", "\u20035", "\u00a05", "\u0665",
     "\uff15", "\u00b2", "0" * 20 + "5", "9" * 21, "9" * 5_000, "0", "-1", "101"],
)  # fmt: skip
def test_what_is_no_number_of_the_range_is_named_with_the_range(text: str) -> None:
    given = parameters(limit=text)
    given.number("limit", 1, 100, default=50)
    assert [fault.entry() for fault in given.faults] == [
        {"code": "invalid-value", "detail": "Expected a whole number from 1 to 100.", "parameter": "limit"}
    ]


def test_a_version_has_ten_digits_at_most() -> None:
    given = parameters(version=str(MAX_VERSION), after=str(MAX_VERSION + 1))
    assert given.number("version", 1, MAX_VERSION, default=0) == 9_999_999_999
    given.number("after", 0, MAX_VERSION, default=0)
    assert [fault.parameter for fault in given.faults] == ["after"]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-01T12:00:00Z",
        "2026-11-01t12:00:00z",
        "2026-11-01T12:00:00+00:00",
        "2026-11-01T12:00:00-00:00",
        "2026-11-01T13:30:00+01:30",
        "2026-11-01T13:30:00 01:30",  # a `+` that was not encoded
        "2026-10-31T22:00:00-14:00",
        "2026-11-01T12:00:00.0009Z",
        "2026-11-01T12:00:00." + "0" * 30 + "Z",
    ],
)
def test_a_time_is_read_in_utc_and_cut_to_milliseconds(text: str) -> None:
    given = parameters(at=text)
    assert (given.moment("at"), given.faults) == (NOON, [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2026-11-01",
        "2026-11-01T12:00Z",
        "2026-11-01T12:00:00",
        "2026-11-01 12:00:00Z",
        "2026-11-01T12:00:00.Z",
        "2026-11-01T12:00:00,5Z",
        "2026-11-01T12:00:00." + "0" * 31 + "Z",
        "2026-11-01T12:00:00+0100",
        "2026-11-01T12:00:00+24:00",
        "2026-11-01T12:00:00+01:00 ",
        "2026-11-01T12:00:60Z",
        "2026-11-01T24:00:00Z",
        "2026-02-30T12:00:00Z",
        "0000-01-01T00:00:00Z",
        "\uff12026-11-01T12:00:00Z",
        "2026-11-0\u0661T12:00:00Z",
        "0001-01-01T00:00:00+14:00",  # in no year that there is in UTC
        "9999-12-31T23:59:59-14:00",
        "2026-11-01T12:00:00Z\n",
    ],
)
def test_what_is_no_time_is_named(text: str) -> None:
    given = parameters(at=text)
    detail = "Expected a time with its offset, such as 2026-11-01T00:00:00Z."
    assert given.moment("at") is None
    assert [fault.entry() for fault in given.faults] == [{"code": "invalid-value", "detail": detail, "parameter": "at"}]


def test_what_is_not_given_is_no_fault() -> None:
    given = parameters()
    color = given.value("color", CARS.members["color"].codec)
    assert (given.number("limit", 1, 100, default=50), given.moment("at"), color) == (50, None, None)
    assert given.faults == []


@pytest.mark.parametrize("text", ["red", "RED", " Red "])
def test_a_value_is_read_as_it_would_be_in_a_body(text: str) -> None:
    assert parameters(color=text).value("color", CARS.members["color"].codec) is Color.RED


def test_every_fault_is_kept_in_the_order_of_reading() -> None:
    given = parameters(limit="x", at="x", color="pink", z="1", a="1")
    given.value("color", CARS.members["color"].codec)
    given.moment("at")
    given.number("limit", 1, 100, default=50)
    given.no_others({"limit", "at", "color"})
    assert [fault.parameter for fault in given.faults] == ["color", "at", "limit", "a", "z"]


def test_a_parameter_without_a_name_is_named_all_the_same() -> None:
    given = parameters(**{"": "1"})
    given.no_others(())
    assert [fault.entry() for fault in given.faults] == [
        {"code": "unknown-parameter", "detail": "There is no such parameter here.", "parameter": ""}
    ]
