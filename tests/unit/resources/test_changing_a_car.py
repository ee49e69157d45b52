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
from tests.support.cars import ANOTHER_OWNER, CONTEXT, EXAMPLE, car_created, delete, given, put
from trigger_pattern.kernel import Refused


def test_a_put_becomes_the_changes_that_it_meant_in_the_order_of_firing() -> None:
    everything = put(color="red", mileage=15_000, owner=str(ANOTHER_OWNER), condition="poor")
    given(car_created()).when(everything).then(
        ColorChanged(Color.RED),
        MileageChanged(15_000),
        OwnerChanged(ANOTHER_OWNER),
        ConditionChanged(Condition.POOR),
    )


def test_one_difference_is_one_event() -> None:
    given(car_created()).when(put(color="blue")).then(ColorChanged(Color.BLUE))


def test_a_put_of_the_current_state_changes_nothing() -> None:
    given(car_created()).when(put()).nothing_happens()


def test_spelling_is_no_difference() -> None:
    given(car_created()).when(put(color=" BLACK ", make="bmw", vin="2g4gm5er4e9225618")).nothing_happens()


def test_the_state_compared_with_is_the_latest() -> None:
    given(car_created(), ColorChanged(Color.RED)).when(put(color="red")).nothing_happens()
    given(car_created(), ColorChanged(Color.RED)).when(put()).then(ColorChanged(Color.BLACK))


def test_mileage_never_goes_down() -> None:
    given(car_created(mileage=14_320)).when(put(mileage=14_000)).refuses("mileage-not-greater")


def test_a_mileage_that_stays_is_no_change_to_fire() -> None:
    refused = fire(EXAMPLE, UpdateMileage(EXAMPLE.mileage), CONTEXT)
    assert isinstance(refused, Refused)
    assert [reason.code for reason in refused.reasons] == ["mileage-not-greater"]


def test_mileage_goes_up() -> None:
    given(car_created(mileage=14_320)).when(put(mileage=14_321)).then(MileageChanged(14_321))


def test_one_refused_change_means_no_change_at_all() -> None:
    given(car_created()).when(put(color="red", mileage=1, condition="poor")).refuses("mileage-not-greater")


@pytest.mark.parametrize("condition", list(Condition))
def test_a_condition_may_change_to_any_other(condition: Condition) -> None:
    before = Condition.POOR if condition is Condition.GOOD else Condition.GOOD
    given(car_created(condition=before)).when(put(condition=condition.value)).then(ConditionChanged(condition))


@pytest.mark.parametrize(
    ("changes", "pointer"), [({"year": 2010}, "/year"), ({"model": "M5"}, "/model"), ({"vin": "0" * 17}, "/vin")]
)
def test_year_make_model_and_vin_never_change(changes: dict[str, object], pointer: str) -> None:
    given(car_created()).when(put(color="red", **changes)).refuses("immutable-field")
    given(car_created()).when(put(color="red", **changes)).refuses_fields(pointer)


def test_every_field_that_may_not_change_is_named() -> None:
    given(car_created()).when(put(year=2010, make="Ford", model="F150")).refuses_fields("/year", "/make", "/model")


def test_a_car_that_was_never_registered_is_not_found() -> None:
    given().when(put()).refuses("car-not-found")
    given().when(delete()).refuses("car-not-found")


def test_a_car_is_deleted() -> None:
    given(car_created()).when(delete()).then(Deleted())


def test_a_deleted_car_stays_as_it_was() -> None:
    given(car_created(), Deleted()).when(put(color="red")).refuses("car-deleted")
    given(car_created(), Deleted()).when(delete()).refuses("car-deleted")
