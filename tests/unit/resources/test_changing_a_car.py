from collections.abc import Callable

import pytest

from resources.cars import (
    Color,
    ColorChanged,
    Condition,
    ConditionChanged,
    Deleted,
    MileageChanged,
    OwnerChanged,
    UpdateMileage,
    fire,
)
from tests.support.cars import ANOTHER_OWNER, CONTEXT, EXAMPLE, car_created, delete, given, patch, put
from trigger_pattern.definition.requests import Request
from trigger_pattern.kernel import Refused

EVERYTHING = {"condition": "poor", "owner": str(ANOTHER_OWNER), "mileage": 15_000, "color": "red"}


@pytest.mark.parametrize("request_", [put(**EVERYTHING), patch(**EVERYTHING)], ids=["PUT", "PATCH"])
def test_a_request_becomes_the_changes_that_it_meant_in_the_order_of_firing(request_: Request) -> None:
    given(car_created()).when(request_).then(
        ColorChanged(Color.RED),
        MileageChanged(15_000),
        OwnerChanged(ANOTHER_OWNER),
        ConditionChanged(Condition.POOR),
    )


@pytest.mark.parametrize("request_", [put(color="blue"), patch(color="blue")], ids=["PUT", "PATCH"])
def test_one_difference_is_one_event(request_: Request) -> None:
    given(car_created()).when(request_).then(ColorChanged(Color.BLUE))


@pytest.mark.parametrize(
    "request_", [put(), patch(), put(color=" BLACK ", make="bmw", vin="2g4gm5er4e9225618"), patch(color=" BLACK ")]
)
def test_a_request_for_the_current_state_in_any_spelling_changes_nothing(request_: Request) -> None:
    given(car_created()).when(request_).nothing_happens()


def test_the_state_compared_with_is_the_latest() -> None:
    given(car_created(), ColorChanged(Color.RED)).when(put(color="red")).nothing_happens()
    given(car_created(), ColorChanged(Color.RED)).when(put()).then(ColorChanged(Color.BLACK))


@pytest.mark.parametrize("change", [put, patch], ids=["PUT", "PATCH"])
def test_mileage_never_goes_down_and_one_refused_change_means_no_change_at_all(change: Callable[..., Request]) -> None:
    given(car_created(mileage=14_320)).when(change(mileage=14_000)).refuses("mileage-not-greater")
    given(car_created()).when(change(color="red", mileage=1, condition="poor")).refuses("mileage-not-greater")


def test_a_mileage_that_stays_is_no_change_to_fire() -> None:
    refused = fire(EXAMPLE, UpdateMileage(EXAMPLE.mileage), CONTEXT)
    assert isinstance(refused, Refused)
    assert [reason.code for reason in refused.reasons] == ["mileage-not-greater"]


def test_mileage_goes_up() -> None:
    given(car_created(mileage=14_320)).when(put(mileage=14_321)).then(MileageChanged(14_321))


@pytest.mark.parametrize("condition", list(Condition))
def test_a_condition_may_change_to_any_other(condition: Condition) -> None:
    before = Condition.POOR if condition is Condition.GOOD else Condition.GOOD
    given(car_created(condition=before)).when(put(condition=condition.value)).then(ConditionChanged(condition))


def test_year_make_model_and_vin_never_change() -> None:
    another_car = put(color="red", year=2010, make="Ford", model="F150", vin="0" * 17)
    given(car_created()).when(another_car).refuses(*["immutable-field"] * 4)
    given(car_created()).when(another_car).refuses_fields("/year", "/make", "/model", "/vin")


@pytest.mark.parametrize("field", ["year", "make", "model", "vin"])
def test_no_patch_names_them_not_even_with_the_value_that_they_have(field: str) -> None:
    given(car_created()).when(patch(**{field: "M3"})).refuses("immutable-field")


def test_no_field_of_a_car_can_be_removed() -> None:
    given(car_created()).when(patch(color=None, owner=None)).refuses_fields("/color", "/owner")


@pytest.mark.parametrize("request_", [put(color="red"), patch(color="red"), delete()], ids=["PUT", "PATCH", "DELETE"])
def test_only_a_car_that_is_there_changes(request_: Request) -> None:
    given().when(request_).refuses("car-not-found")
    given(car_created(), Deleted()).when(request_).refuses("car-deleted")


def test_a_car_is_deleted() -> None:
    given(car_created()).when(delete()).then(Deleted())
