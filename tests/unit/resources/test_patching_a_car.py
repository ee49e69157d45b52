import pytest

from resources.cars import Color, ColorChanged, Condition, ConditionChanged, Deleted, MileageChanged, OwnerChanged
from tests.support.cars import ANOTHER_OWNER, car_created, given, patch


def test_what_is_patched_changes_and_nothing_else() -> None:
    given(car_created()).when(patch(color="red")).then(ColorChanged(Color.RED))


def test_a_patch_of_every_field_fires_in_the_same_order_as_a_put() -> None:
    everything = patch(condition="poor", owner=str(ANOTHER_OWNER), mileage=15_000, color="red")
    given(car_created()).when(everything).then(
        ColorChanged(Color.RED),
        MileageChanged(15_000),
        OwnerChanged(ANOTHER_OWNER),
        ConditionChanged(Condition.POOR),
    )


def test_a_patch_of_nothing_changes_nothing() -> None:
    given(car_created()).when(patch()).nothing_happens()
    given(car_created()).when(patch(color=" BLACK ")).nothing_happens()


def test_mileage_never_goes_down_by_a_patch_either() -> None:
    given(car_created()).when(patch(color="red", mileage=1)).refuses("mileage-not-greater")


@pytest.mark.parametrize("field", ["year", "make", "model", "vin"])
def test_a_field_that_cannot_change_is_refused_even_with_the_value_that_it_has(field: str) -> None:
    given(car_created()).when(patch(**{field: "M3"})).refuses("immutable-field")
    given(car_created()).when(patch(**{field: None})).refuses_fields(f"/{field}")


def test_no_field_of_a_car_can_be_removed() -> None:
    given(car_created()).when(patch(color=None, owner=None)).refuses_fields("/color", "/owner")


def test_every_fault_of_a_patch_is_reported_at_once() -> None:
    faulty = patch(plate="B-MW 3", color="pink", vin="x")
    given(car_created()).when(faulty).refuses("unknown-field", "invalid-value", "immutable-field")


def test_only_a_car_that_is_there_is_patched() -> None:
    given().when(patch(color="red")).refuses("car-not-found")
    given(car_created(), Deleted()).when(patch(color="red")).refuses("car-deleted")
