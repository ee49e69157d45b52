from typing import Any

import pytest

from resources.cars import CARS
from tests.support.cars import representation
from tests.support.http import Answer, MemoryQueue, commands, request, send
from trigger_pattern.definition.requests import CreateRequest


def post(body: dict[str, Any], queue: MemoryQueue | None = None) -> Answer:
    return send(commands(queue or MemoryQueue()), request("POST", "/cars", body=body))


def test_a_valid_car_is_accepted_with_its_id_and_where_to_ask_about_the_command() -> None:
    answer = post(representation())
    car, command = answer.body["carId"], answer.body["commandId"]
    assert answer.status == 202
    assert answer.headers["Location"] == f"cars/{car}"
    assert answer.body == {"carId": car, "commandId": command, "command": f"cars/{car}/commands/{command}"}


def test_the_command_on_the_queue_is_the_one_answered() -> None:
    queue = MemoryQueue()
    answer = post(representation(), queue)
    (sent,) = queue.sent
    assert (sent.aggregate_id, sent.command_id) == (answer.body["carId"], answer.body["commandId"])


def test_every_car_gets_an_id_of_its_own() -> None:
    queue = MemoryQueue()
    api = commands(queue)
    for _ in range(3):
        send(api, request("POST", "/cars", body=representation()))
    assert len({sent.aggregate_id for sent in queue.sent}) == 3


def test_the_representation_is_queued_in_canonical_spelling() -> None:
    queue = MemoryQueue()
    post(representation(make=" bmw", model="m3 ", color="BLACK", condition="Good", vin="2g4gm5er4e9225618"), queue)
    request_sent = queue.sent[0].request
    assert isinstance(request_sent, CreateRequest)
    assert request_sent.representation == representation()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("year", "2009"),
        ("year", 2009.5),
        ("year", True),
        ("year", None),
        ("year", [2009]),
        ("year", 10**400),
        ("make", "Opel"),
        ("make", ""),
        ("make", 7),
        ("make", None),
        ("make", {"name": "BMW"}),
        ("model", "M4"),
        ("model", "Escape"),
        ("model", None),
        ("vin", "2G4GM5ER4E922561"),
        ("vin", "2G4GM5ER4E92256188"),
        ("vin", "2G4GM5ER4E922561O"),
        ("vin", "2G4GM5ER4E922561Ｏ"),  # noqa: RUF001 - a fullwidth letter, on purpose
        ("vin", 24_456),
        ("color", "pink"),
        ("color", "\ud800"),
        ("color", "black\u0000"),
        ("color", False),
        ("mileage", "14320"),
        ("mileage", 1.5e-3),
        ("mileage", 10_000_000),
        ("mileage", -10_000_000),
        ("mileage", 10**3_500),  # about as many digits as a body may have
        ("owner", "jane"),
        ("owner", "00000000-0000-0000-0000-000000000000"),
        ("owner", "{ad4181f8-c33f-4e81-9d9e-0896188d73f0}"),
        ("owner", "ad4181f8c33f4e819d9e0896188d73f0"),
        ("owner", "urn:uuid:ad4181f8-c33f-4e81-9d9e-0896188d73f0"),
        ("owner", 0),
        ("condition", "mint"),
        ("condition", ["good"]),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_field_of_the_wrong_type_is_named(field: str, value: object) -> None:
    answer = post({**representation(), field: value})
    assert answer.status == 422
    assert answer.fields() == [f"/{field}"]


@pytest.mark.parametrize("field", CARS.members)
def test_a_missing_field_is_named(field: str) -> None:
    answer = post(representation(**{field: None}))
    assert answer.status == 422
    assert [(error["pointer"], error["code"]) for error in answer.body["errors"]] == [(f"/{field}", "missing-value")]


@pytest.mark.parametrize(
    ("name", "pointer"),
    [
        ("doors", "/doors"),
        ("Color", "/Color"),
        ("carId", "/carId"),
        ("", "/"),
        ("a/b~c", "/a~1b~0c"),
        ("x" * 500, "/" + "x" * 40),
        ("größe", "/größe"),
    ],
)
def test_a_field_that_no_car_has_is_named(name: str, pointer: str) -> None:
    answer = post({**representation(), name: 1})
    assert answer.status == 422
    assert [(error["pointer"], error["code"]) for error in answer.body["errors"]] == [(pointer, "unknown-field")]


def test_all_bad_fields_are_named_at_once() -> None:
    answer = post({**representation(year="x", color="pink", owner=None), "doors": 4})
    assert sorted(answer.fields()) == ["/color", "/doors", "/owner", "/year"]


def test_what_was_expected_is_said() -> None:
    (error,) = post(representation(condition="mint")).body["errors"]
    assert error["detail"] == "Expected one of excellent, good, average, poor."


def test_a_model_of_another_make_is_refused_with_those_of_the_make() -> None:
    (error,) = post(representation(make="Ford", model="M3")).body["errors"]
    assert error["pointer"] == "/model"
    assert error["detail"] == "Expected a model of Ford: Escape, F150."


def test_nothing_of_an_invalid_request_is_queued() -> None:
    queue = MemoryQueue()
    post(representation(color="pink"), queue)
    assert queue.sent == []


def test_whether_the_year_fits_the_model_is_left_to_the_domain() -> None:
    assert post(representation(year=1900)).status == 202
