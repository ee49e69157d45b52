"""The cars view as it is read: each question by its index, page by page, with one Query a page."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from cars.adapters.dynamodb.cars_index import DynamoDbCarsIndex
from cars.adapters.dynamodb.cars_view import DynamoDbCarsView
from cars.application.listing import (
    CarsOfModel,
    CarsOfModelInColor,
    CarsOfModelInCondition,
    CarsOfOwner,
    CarsWithVin,
    Page,
    Place,
    Question,
)
from cars.application.projecting import CarAt
from cars.domain.car import Car
from cars.domain.representation import represent
from cars.domain.values import CarType, Color, Condition, Make, Model, Vin
from tests.support.aws import Aws, requests_to
from tests.support.cars import ANOTHER_OWNER, EXAMPLE, OWNER
from tests.support.commits import another_car

M3 = CarsOfModel(Make.BMW, Model.M3)
RED_M3 = CarsOfModelInColor(Make.BMW, Model.M3, Color.RED)
POOR_M3 = CarsOfModelInCondition(Make.BMW, Model.M3, Condition.POOR)
TWIN_VIN = Vin("1FTEW1EP5KFA12345")


def _fleet() -> Iterator[Car]:
    """Make every combination of what is asked for, and none of what the others have."""
    combinations = (
        (car_type, color, condition, owner)
        for car_type in (CarType.BMW_M3, CarType.BMW_M5)
        for color in (Color.RED, Color.BLACK)
        for condition in (Condition.POOR, Condition.GOOD)
        for owner in (OWNER, ANOTHER_OWNER)
    )
    for number, (car_type, color, condition, owner) in enumerate(combinations):
        vin = TWIN_VIN if number in (3, 11) else Vin(f"2G4GM5ER4E92256{number:02}")
        yield Car(another_car(number), 2009, car_type, vin, color, 14_320, owner, condition)


FLEET = tuple(_fleet())
GONE = another_car(99)
ANSWERS: dict[Question, list[Car]] = {
    CarsOfOwner(OWNER): [car for car in FLEET if car.owner == OWNER],
    CarsWithVin(TWIN_VIN): [FLEET[3], FLEET[11]],
    M3: sorted((car for car in FLEET if car.car_type is CarType.BMW_M3), key=lambda car: (car.color, str(car.car_id))),
    RED_M3: [car for car in FLEET if (car.car_type, car.color) == (CarType.BMW_M3, Color.RED)],
    POOR_M3: [car for car in FLEET if (car.car_type, car.condition) == (CarType.BMW_M3, Condition.POOR)],
}
EVERY_QUESTION = pytest.mark.parametrize("question", ANSWERS, ids=lambda question: type(question).__name__)


@pytest.fixture
def view(aws: Aws) -> DynamoDbCarsView:
    view = DynamoDbCarsView(aws.dynamodb, aws.create_table("CarsViewTable"))
    for car in FLEET:
        view.put(CarAt(str(car.car_id), 4, car))
    return view


@pytest.fixture
def index(view: DynamoDbCarsView) -> DynamoDbCarsIndex:
    return DynamoDbCarsIndex(view.client, view.table)


def pages(index: DynamoDbCarsIndex, question: Question, limit: int) -> list[Page]:
    """Read a whole list, page by page."""
    found = [index.page(question, limit, None)]
    while (last := found[-1].last) and len(found) < 50:
        found.append(index.page(question, limit, last))
    return found


def ids(*found: Page) -> list[str]:
    return [car.car_id for page in found for car in page.cars]


def ids_of(cars: list[Car]) -> list[str]:
    return [str(car.car_id) for car in cars]


@EVERY_QUESTION
@pytest.mark.parametrize("limit", [1, 2, 3, 4, 7, 8, 9, 100])
def test_the_pages_of_an_answer_have_each_of_its_cars_once_and_in_order(
    index: DynamoDbCarsIndex, question: Question, limit: int
) -> None:
    found = pages(index, question, limit)
    assert ids(*found) == ids_of(ANSWERS[question])
    assert {len(page.cars) for page in found[:-1]} <= {limit}


@EVERY_QUESTION
def test_a_page_is_one_query(aws: Aws, index: DynamoDbCarsIndex, question: Question) -> None:
    with requests_to(aws.dynamodb) as requests:
        found = pages(index, question, 2)
    assert requests == ["Query"] * len(found)


def test_the_last_page_is_not_empty(index: DynamoDbCarsIndex) -> None:
    assert [len(page.cars) for page in pages(index, RED_M3, 2)] == [2, 2]


def test_a_listed_car_has_its_version_and_its_representation_alone(index: DynamoDbCarsIndex) -> None:
    (car, _) = index.page(CarsWithVin(TWIN_VIN), 10, None).cars
    assert (car.version, car.representation) == (4, represent(FLEET[3]))


@EVERY_QUESTION
def test_a_deleted_car_is_not_listed(view: DynamoDbCarsView, index: DynamoDbCarsIndex, question: Question) -> None:
    deleted, *others = ANSWERS[question]
    view.put(CarAt(str(deleted.car_id), 5, None))
    assert ids(*pages(index, question, 3)) == ids_of(others)


def test_a_deleted_car_that_was_never_listed_is_in_no_answer(view: DynamoDbCarsView, index: DynamoDbCarsIndex) -> None:
    view.put(CarAt(str(GONE), 2, None))
    assert all(str(GONE) not in ids(*pages(index, question, 100)) for question in ANSWERS)


@EVERY_QUESTION
def test_the_list_goes_on_where_the_last_car_of_a_page_has_left_it(
    view: DynamoDbCarsView, index: DynamoDbCarsIndex, question: Question
) -> None:
    first = index.page(question, 1, None)
    view.put(CarAt(first.cars[0].car_id, 5, None))
    assert ids(index.page(question, 100, first.last)) == ids_of(ANSWERS[question][1:])


def test_a_place_of_another_answer_never_leads_out_of_the_one_asked_for(index: DynamoDbCarsIndex) -> None:
    of_another = Place(FLEET[1].car_id)
    assert {FLEET[1].owner} == {ANOTHER_OWNER}
    assert ids(index.page(CarsOfOwner(OWNER), 100, of_another)) == ids_of(ANSWERS[CarsOfOwner(OWNER)][1:])


def test_a_car_that_is_repainted_moves_between_the_colors(view: DynamoDbCarsView, index: DynamoDbCarsIndex) -> None:
    car = ANSWERS[RED_M3][0]
    view.put(CarAt(str(car.car_id), 5, replace(car, color=Color.WHITE)))
    assert ids(*pages(index, RED_M3, 3)) == ids_of(ANSWERS[RED_M3][1:])
    white = CarsOfModelInColor(Make.BMW, Model.M3, Color.WHITE)
    assert ids(*pages(index, white, 3)) == [str(car.car_id)]


def test_an_item_of_older_code_is_given_without_the_field_that_it_lacks(
    view: DynamoDbCarsView, index: DynamoDbCarsIndex
) -> None:
    car = replace(EXAMPLE, car_id=GONE, vin=Vin("1FTEW1EP5KFA99999"))
    view.put(CarAt(str(GONE), 1, car))
    key: Any = {"carId": {"S": str(GONE)}}
    view.client.update_item(TableName=view.table, Key=key, UpdateExpression="REMOVE mileage")
    (listed,) = index.page(CarsWithVin(car.vin), 10, None).cars
    assert listed.representation == {name: value for name, value in represent(car).items() if name != "mileage"}
