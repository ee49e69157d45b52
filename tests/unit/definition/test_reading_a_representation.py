"""How any representation is read, on the example of cars."""

from decimal import Decimal
from typing import Any

import pytest

from resources.cars import CARS
from tests.support.cars import EXAMPLE, representation
from trigger_pattern.definition.representation import read_whole
from trigger_pattern.kernel import Refused


def pointers(**changes: Any) -> list[str]:
    refused = read_whole(CARS, representation(**changes))
    assert isinstance(refused, Refused)
    return [reason.pointer for reason in refused.reasons]


@pytest.mark.parametrize(
    "changes",
    [
        {"make": " bmw", "model": "m3 "},
        {"color": "BLACK"},
        {"condition": "\tGood\n"},
        {"vin": " 2g4gm5er4e9225618 "},
        {"owner": "AD4181F8-C33F-4E81-9D9E-0896188D73F0"},
    ],
)
def test_case_and_blanks_do_not_matter(changes: dict[str, Any]) -> None:
    assert read_whole(CARS, representation(**changes)) == EXAMPLE


@pytest.mark.parametrize("field", CARS.members)
def test_every_field_is_required(field: str) -> None:
    assert pointers(**{field: None}) == [f"/{field}"]


@pytest.mark.parametrize("field", CARS.members)
@pytest.mark.parametrize("value", ["", "x" * 200, True, 1.5, [], {}, "\ud800", 10**12, "\uff11\uff12"])
def test_a_value_of_another_type_is_refused_by_name(field: str, value: object) -> None:
    assert pointers(**{field: value}) == [f"/{field}"]


def test_every_fault_is_reported_at_once() -> None:
    assert pointers(year="2009", color="pink", plate="B-MW 3") == ["/plate", "/year", "/color"]


def test_a_thousand_faults_are_not_all_reported() -> None:
    assert len(pointers(**{f"field{n}": n for n in range(1000)})) == 20


def test_the_name_of_an_unknown_field_is_escaped_and_cut() -> None:
    assert pointers(**{"a/b~c" + "x" * 100: 1})[0] == "/a~1b~0c" + "x" * 35


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("color", "blac\u212a"),
        ("condition", "\u017food"),
        ("model", "M\uff13"),
        ("owner", "ad4181f8-c33f-4e81-9d9e-0896188d73f\u0660"),
        ("make", "BMW\u00a0"),
        ("vin", "2G4GM5ER4E9225618\u2003"),
    ],
)
def test_no_other_scripts_characters_stand_for_a_letter_a_digit_or_a_blank(field: str, value: str) -> None:
    assert pointers(**{field: value}) == [f"/{field}"]


@pytest.mark.parametrize("written", ["2009", "2009.0", "2.009e3"])
def test_a_whole_number_is_one_however_it_is_written(written: str) -> None:
    assert read_whole(CARS, representation(year=Decimal(written))) == EXAMPLE


@pytest.mark.parametrize("written", ["2009.5", "1e400", "-1e999999", "1e-400"])
def test_any_other_number_is_not_whole(written: str) -> None:
    assert pointers(year=Decimal(written)) == ["/year"]
