from typing import Any

import pytest

from resources.cars import CARS
from tests.support.cars import EXAMPLE, representation
from trigger_pattern.definition.representation import read_whole
from trigger_pattern.kernel import Refused


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"make": " bmw", "model": "m3 ", "color": "BLACK", "condition": "\tGood\n"},
        {"vin": " 2g4gm5er4e9225618 ", "owner": "AD4181F8-C33F-4E81-9D9E-0896188D73F0"},
    ],
)
def test_the_articles_example_is_a_car_in_any_case_and_with_blanks(changes: dict[str, str]) -> None:
    assert read_whole(CARS, representation(**changes)) == EXAMPLE


def pointers(**changes: Any) -> list[str]:
    refused = read_whole(CARS, representation(**changes))
    assert isinstance(refused, Refused)
    return [reason.pointer for reason in refused.reasons]


@pytest.mark.parametrize("field", CARS.members)
@pytest.mark.parametrize("value", [None, "", "x" * 200, True, 1.5, [], {}, "\ud800", 10**12, "\uff11\uff12"])
def test_a_field_that_is_missing_or_of_another_type_is_named(field: str, value: object) -> None:
    assert pointers(**{field: value}) == [f"/{field}"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("vin", vin) for vin in ("I" * 17, "2G4GM5ER4E922561O", "2G4GM5ER4E922561", "2G4GM5ER4E92256181")),
        *(("vin", vin) for vin in ("ä" * 17, "2G4GM5ER4E92256ß", "2G4GM5ER4E922561\u017f", "2G4GM5ER4E9225618\u2003")),
        ("owner", "00000000-0000-0000-0000-000000000000"),
        ("model", "Escape"),
        ("color", "blac\u212a"),
        ("condition", "\u017food"),
        ("make", "BMW\u00a0"),
        *(("year", year) for year in (-1, 0, 999, 10_000)),
    ],
)
def test_what_is_no_vin_owner_model_or_year_is_named(field: str, value: object) -> None:
    assert pointers(**{field: value}) == [f"/{field}"]
