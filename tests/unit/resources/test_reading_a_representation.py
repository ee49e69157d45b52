from typing import Any

import pytest

from resources.cars import CARS, Car
from tests.support.cars import EXAMPLE, representation
from trigger_pattern.definition.representation import read_whole, represent
from trigger_pattern.kernel import Refused


def pointers(**changes: Any) -> list[str]:
    refused = read_whole(CARS, representation(**changes))
    assert isinstance(refused, Refused)
    return [reason.pointer for reason in refused.reasons]


def test_the_articles_example_is_a_car() -> None:
    assert read_whole(CARS, representation()) == EXAMPLE


@pytest.mark.parametrize(
    "vin",
    [
        "I" * 17,
        "2G4GM5ER4E922561O",
        "2G4GM5ER4E922561",
        "2G4GM5ER4E92256181",
        "ä" * 17,
        "2G4GM5ER4E92256ß",
        "2G4GM5ER4E922561\u017f",
    ],
)
def test_a_vin_has_17_letters_and_digits_without_i_o_q(vin: str) -> None:
    assert pointers(vin=vin) == ["/vin"]


@pytest.mark.parametrize(
    "owner", ["00000000-0000-0000-0000-000000000000", "{ad4181f8-c33f-4e81-9d9e-0896188d73f0}", "ad4181f8"]
)
def test_an_owner_is_a_uuid_but_not_nil(owner: str) -> None:
    assert pointers(owner=owner) == ["/owner"]


@pytest.mark.parametrize(("make", "model"), [("Ford", "M3"), ("BMW", "Escape")])
def test_a_model_is_of_its_make(make: str, model: str) -> None:
    assert pointers(make=make, model=model) == ["/model"]


@pytest.mark.parametrize("year", [-1, 0, 999, 10_000])
def test_a_year_has_four_digits(year: int) -> None:
    assert pointers(year=year) == ["/year"]


@pytest.mark.parametrize("car", [EXAMPLE])
def test_a_represented_car_is_read_back(car: Car) -> None:
    assert read_whole(CARS, represent(CARS, car)) == car
