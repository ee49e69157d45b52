"""The cars view as it is read: each question by its index, page by page, with two requests a page."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import ceil
from typing import Any

import pytest

from resources.cars import CARS, Car, Color, Condition, Make, Model, Vin
from tests.support.aws import Aws, requests_to
from tests.support.cars import ANOTHER_OWNER, EXAMPLE, OWNER
from tests.support.commits import another_car
from trigger_pattern import By
from trigger_pattern.application.listing import Page, Place, Question, question_of
from trigger_pattern.application.projecting import Viewed
from trigger_pattern.aws.dynamodb.index import DynamoDbIndex
from trigger_pattern.aws.dynamodb.view import DynamoDbView
from trigger_pattern.definition.representation import represent

TWIN_VIN = Vin("1FTEW1EP5KFA12345")


def cars_with(**filters: Any) -> Question:
    """Ask for the cars that have these values."""
    question = question_of(CARS, filters)
    assert question
    return question


OF_OWNER, TWINS = cars_with(owner=OWNER), cars_with(vin=TWIN_VIN)
M3 = cars_with(make=Make.BMW, model=Model.M3)
RED_M3 = cars_with(make=Make.BMW, model=Model.M3, color=Color.RED)
POOR_M3 = cars_with(make=Make.BMW, model=Model.M3, condition=Condition.POOR)


def _fleet() -> Iterator[Car]:
    """Make every combination of what is asked for, and none of what the others have."""
    combinations = (
        (model, color, condition, owner)
        for model in (Model.M3, Model.M5)
        for color in (Color.RED, Color.BLACK)
        for condition in (Condition.POOR, Condition.GOOD)
        for owner in (OWNER, ANOTHER_OWNER)
    )
    for number, (model, color, condition, owner) in enumerate(combinations):
        vin = TWIN_VIN if number in (3, 11) else Vin(f"2G4GM5ER4E92256{number:02}")
        yield Car(2009, Make.BMW, model, vin, color, 14_320, owner, condition)


FLEET = {another_car(number): car for number, car in enumerate(_fleet())}
GONE = another_car(99)


def ids_where(condition: Callable[[Car], bool]) -> list[str]:
    return [car_id for car_id, car in FLEET.items() if condition(car)]


ANSWERS = (
    (OF_OWNER, ids_where(lambda car: car.owner == OWNER)),
    (TWINS, [another_car(3), another_car(11)]),
    (M3, sorted(ids_where(lambda car: car.model is Model.M3), key=lambda car_id: (FLEET[car_id].color, car_id))),
    (RED_M3, ids_where(lambda car: (car.model, car.color) == (Model.M3, Color.RED))),
    (POOR_M3, ids_where(lambda car: (car.model, car.condition) == (Model.M3, Condition.POOR))),
)
EVERY_ANSWER = pytest.mark.parametrize(
    ("question", "answer"), ANSWERS, ids=["owner", "VIN", "model", "model and color", "model and condition"]
)
OF_OWNERS, RED_M3S = ANSWERS[0][1], ANSWERS[3][1]


@pytest.fixture
def view(aws: Aws) -> DynamoDbView:
    view = DynamoDbView(CARS, aws.dynamodb, aws.create_table("CarViewTable"))
    for car_id, car in FLEET.items():
        view.put(Viewed(car_id, 4, car))
    return view


@pytest.fixture
def index(view: DynamoDbView) -> DynamoDbIndex:
    return DynamoDbIndex(CARS, view.client, view.table)


def pages(index: DynamoDbIndex, question: Question, limit: int) -> list[Page]:
    """Read a whole list, page by page."""
    found = [index.page(question, limit, None)]
    while (last := found[-1].last) and len(found) < 50:
        found.append(index.page(question, limit, last))
    return found


def ids(*found: Page) -> list[str]:
    return [car.aggregate_id for page in found for car in page.listed]


@EVERY_ANSWER
@pytest.mark.parametrize("limit", [1, 2, 3, 4, 7, 8, 9, 100])
def test_the_pages_of_an_answer_have_each_of_its_cars_once_and_in_order(
    index: DynamoDbIndex, question: Question, answer: list[str], limit: int
) -> None:
    found = pages(index, question, limit)
    assert ids(*found) == answer
    assert {len(page.listed) for page in found[:-1]} <= {limit}


@EVERY_ANSWER
def test_a_page_is_one_query_and_one_get_of_its_cars(
    aws: Aws, index: DynamoDbIndex, question: Question, answer: list[str]
) -> None:
    with requests_to(aws.dynamodb) as requests:
        found = pages(index, question, 2)
    assert requests == ["Query", "BatchGetItem"] * len(found)
    assert len(found) == ceil(len(answer) / 2)


def test_with_whole_values_in_the_index_a_page_is_one_query(aws: Aws) -> None:
    by = By(("owner",), whole=True)
    resource = replace(CARS, lists=(by,))
    table = aws.create_table("CarViewTable", resource)
    view, index = DynamoDbView(resource, aws.dynamodb, table), DynamoDbIndex(resource, aws.dynamodb, table)
    view.put(Viewed(GONE, 1, EXAMPLE))
    with requests_to(aws.dynamodb) as requests:
        (listed,) = index.page(Question(by, {"owner": OWNER}), 10, None).listed
    assert requests == ["Query"]
    assert listed.representation == represent(CARS, EXAMPLE)


def test_a_list_with_no_cars_is_one_query(aws: Aws, index: DynamoDbIndex) -> None:
    with requests_to(aws.dynamodb) as requests:
        assert index.page(cars_with(vin=Vin("1FTEW1EP5KFA99999")), 10, None) == Page((), None)
    assert requests == ["Query"]


def meanwhile(client: Any, request: str, act: Callable[[], object]) -> None:
    """Do something once, after the next such request was answered."""

    def once(**_: Any) -> None:
        client.meta.events.unregister(f"after-call.dynamodb.{request}", once)
        act()

    client.meta.events.register(f"after-call.dynamodb.{request}", once)


def test_a_car_that_the_index_still_has_is_left_out_if_it_no_longer_fits(
    view: DynamoDbView, index: DynamoDbIndex
) -> None:
    first, second, *others = RED_M3S
    meanwhile(view.client, "Query", lambda: view.put(Viewed(first, 5, replace(FLEET[first], color=Color.WHITE))))
    assert ids(index.page(RED_M3, 100, None)) == [second, *others]
    meanwhile(view.client, "Query", lambda: view.put(Viewed(second, 5, None)))
    assert ids(index.page(RED_M3, 100, None)) == others


def test_cars_that_dynamodb_left_unprocessed_are_asked_for_again(view: DynamoDbView, index: DynamoDbIndex) -> None:
    left = another_car(0)

    def leave_one(parsed: dict[str, Any], **_: Any) -> None:
        view.client.meta.events.unregister("after-call.dynamodb.BatchGetItem", leave_one)
        items = parsed["Responses"][view.table]
        parsed["Responses"][view.table] = [item for item in items if item["carId"] != {"S": left}]
        parsed["UnprocessedKeys"] = {view.table: {"Keys": [{"carId": {"S": left}}]}}

    view.client.meta.events.register("after-call.dynamodb.BatchGetItem", leave_one)
    assert ids(index.page(OF_OWNER, 100, None)) == OF_OWNERS


def test_a_listed_car_has_its_version_and_its_representation_alone(index: DynamoDbIndex) -> None:
    (car, _) = index.page(TWINS, 10, None).listed
    assert (car.version, car.representation) == (4, represent(CARS, FLEET[another_car(3)]))


@EVERY_ANSWER
def test_a_deleted_car_is_not_listed(
    view: DynamoDbView, index: DynamoDbIndex, question: Question, answer: list[str]
) -> None:
    deleted, *others = answer
    view.put(Viewed(deleted, 5, None))
    assert ids(*pages(index, question, 3)) == others


@EVERY_ANSWER
def test_the_list_goes_on_where_the_last_car_of_a_page_has_left_it(
    view: DynamoDbView, index: DynamoDbIndex, question: Question, answer: list[str]
) -> None:
    first = index.page(question, 1, None)
    view.put(Viewed(first.listed[0].aggregate_id, 5, None))
    assert ids(index.page(question, 100, first.last)) == answer[1:]


def test_a_place_of_another_answer_never_leads_out_of_the_one_asked_for(index: DynamoDbIndex) -> None:
    of_another = Place(another_car(1))
    assert FLEET[of_another.aggregate_id].owner == ANOTHER_OWNER
    assert ids(index.page(OF_OWNER, 100, of_another)) == OF_OWNERS[1:]


def test_a_car_that_is_repainted_moves_between_the_colors(view: DynamoDbView, index: DynamoDbIndex) -> None:
    repainted, *others = RED_M3S
    view.put(Viewed(repainted, 5, replace(FLEET[repainted], color=Color.WHITE)))
    assert ids(*pages(index, RED_M3, 3)) == others
    white = cars_with(make=Make.BMW, model=Model.M3, color=Color.WHITE)
    assert ids(*pages(index, white, 3)) == [repainted]


def test_an_item_of_older_code_is_given_without_the_field_that_it_lacks(
    view: DynamoDbView, index: DynamoDbIndex
) -> None:
    car = replace(EXAMPLE, vin=Vin("1FTEW1EP5KFA99999"))
    view.put(Viewed(GONE, 1, car))
    key: Any = {"carId": {"S": GONE}}
    view.client.update_item(TableName=view.table, Key=key, UpdateExpression="REMOVE mileage")
    (listed,) = index.page(cars_with(vin=car.vin), 10, None).listed
    assert listed.representation == {name: value for name, value in represent(CARS, car).items() if name != "mileage"}
