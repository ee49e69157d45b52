"""What the mileage report says after which events."""

from dataclasses import replace

import pytest

from mileage.events import CarId, NotAnEvent
from mileage.report import Car, OutOfPlace, UnknownSchema, follow
from tests.examples.mileage_world import (
    ANNA,
    BORIS,
    CAR,
    created,
    deleted,
    driven_to,
    inspected,
    painted,
    report_of,
    sold_to,
    story,
)  # fmt: skip


def test_a_new_car_counts_for_its_owner_and_its_mileage_so_far_does_not() -> None:
    assert report_of(story(created(ANNA, mileage=14_320))) == {ANNA: (1, 0)}


def test_miles_are_what_the_odometer_went_on() -> None:
    assert report_of(story(created(mileage=100), driven_to(150), driven_to(175))) == {ANNA: (1, 75)}


def test_miles_stay_with_who_owned_the_car_when_it_was_driven() -> None:
    events = story(created(ANNA, mileage=100), driven_to(150), sold_to(BORIS), driven_to(157))
    assert report_of(events) == {ANNA: (0, 50), BORIS: (1, 7)}


def test_a_car_that_comes_back_counts_once() -> None:
    assert report_of(story(created(ANNA), sold_to(BORIS), sold_to(ANNA))) == {ANNA: (1, 0), BORIS: (0, 0)}


def test_a_deleted_car_counts_no_more_but_its_miles_do() -> None:
    assert report_of(story(created(mileage=0), driven_to(10), deleted())) == {ANNA: (0, 10)}


def test_an_owners_cars_add_up() -> None:
    another = story(created(ANNA, mileage=5), driven_to(6), car_id=CarId("another"))
    assert report_of(story(created(mileage=0), driven_to(10)), another) == {ANNA: (2, 11)}


@pytest.mark.parametrize("happening", [painted(), inspected()])
def test_an_event_of_no_interest_moves_the_version_only(happening: tuple[str, dict[str, object]]) -> None:
    car, changes = follow(Car(CAR), story(created(mileage=0), happening, driven_to(10)))
    assert (car.version, car.mileage) == (3, 10)
    assert [(change.cars, change.miles) for change in changes] == [(1, 10)]


def test_a_deleted_car_keeps_its_version() -> None:
    car, _ = follow(Car(CAR), story(created(), deleted()))
    assert car == Car(CAR, version=2, owner=None, mileage=100)


def test_one_by_one_or_many_at_a_time_makes_no_difference() -> None:
    events = story(created(ANNA), sold_to(BORIS), driven_to(120), sold_to(ANNA))
    _, changes = follow(Car(CAR), events)
    assert {change.owner: (change.cars, change.miles) for change in changes} == report_of(events)


def test_what_cannot_follow_is_refused() -> None:
    with pytest.raises(OutOfPlace):
        follow(Car(CAR), story(driven_to(10)))
    with pytest.raises(OutOfPlace):
        follow(Car(CAR), story(created(), deleted(), driven_to(200)))
    with pytest.raises(OutOfPlace):
        follow(Car(CAR, version=1, owner=ANNA), story(created(), painted(), painted())[2:])


def test_an_event_without_what_it_is_about_is_refused() -> None:
    with pytest.raises(NotAnEvent):
        follow(Car(CAR), story(("Created", {"owner": ANNA})))
    with pytest.raises(NotAnEvent):
        follow(Car(CAR), story(("Created", {"owner": 1, "mileage": 0})))


def test_an_event_of_interest_in_a_newer_schema_waits_for_newer_code() -> None:
    events = story(created(), driven_to(150), painted())
    newer = [replace(event, schema_version=2) for event in events]
    car, _ = follow(Car(CAR), events[:2])
    assert follow(car, newer[2:])[0].version == 3
    with pytest.raises(UnknownSchema):
        follow(Car(CAR), newer)
    with pytest.raises(UnknownSchema):
        follow(Car(CAR), [events[0], newer[1]])
