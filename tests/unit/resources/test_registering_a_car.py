from uuid import UUID

import pytest

from resources.cars import CarType, Deleted, MileageChanged
from tests.support.cars import car_created, given, post, representation
from trigger_pattern.definition.requests import CreateRequest


def test_a_car_is_created_with_all_its_fields() -> None:
    given().when(post()).then(car_created())


def test_a_car_is_created_once() -> None:
    given(car_created()).when(post()).refuses("car-already-exists")


def test_a_deleted_cars_id_is_never_used_again() -> None:
    given(car_created(), Deleted()).when(post()).refuses("car-deleted")


@pytest.mark.parametrize(
    ("car_type", "first"),
    [(CarType.FORD_ESCAPE, 2000), (CarType.FORD_F150, 1975), (CarType.BMW_M3, 1986), (CarType.BMW_M5, 1985)],
)
def test_a_car_is_no_older_than_its_model(car_type: CarType, first: int) -> None:
    names = {"make": car_type.make, "model": car_type.model}
    given().when(post(year=first, **names)).then(car_created(year=first, **names))
    given().when(post(year=first - 1, **names)).refuses("invalid-year")


def test_a_car_may_be_of_next_years_model_and_no_later() -> None:
    given().when(post(year=2027)).then(car_created(year=2027))
    given().when(post(year=2028)).refuses("invalid-year")


def test_a_new_car_may_have_no_mileage() -> None:
    given().when(post(mileage=0)).then(car_created(mileage=0))


def test_mileage_is_never_negative() -> None:
    given().when(post(mileage=-1)).refuses("negative-mileage")


def test_every_reason_is_given() -> None:
    given().when(post(year=1900, mileage=-1)).refuses_fields("/year", "/mileage")


def test_the_nil_id_is_no_id() -> None:
    given().when(CreateRequest(str(UUID(int=0)), representation())).refuses_fields("/carId")


def test_a_history_that_cannot_have_happened_is_not_folded() -> None:
    with pytest.raises(ValueError, match="cannot follow"):
        given(MileageChanged(1)).when(post())
