import json
from typing import Any

import pytest

from tests.support.cars import CAR_ID, representation
from tests.support.commits import another_car
from tests.support.http import Answer, MemoryQueue, commands, request, send
from tests.support.registry import Registry
from trigger_pattern.definition.requests import DeleteRequest, UpdateRequest

NO_IDS = [
    "x",
    "00000000-0000-0000-0000-000000000000",
    f"{CAR_ID}0",
    CAR_ID.replace("-", ""),
    f"{{{CAR_ID}}}",
    f"urn:uuid:{CAR_ID}",
    "ü",
    "a b",
    "%22",
    "..",
    "１" * 36,  # noqa: RUF001 - fullwidth digits, on purpose
]

ODD_PATHS = [f" {CAR_ID}", '"x', "a`", "#", "a\\b", "a\nb", "\u0000", f"{CAR_ID}\t", f'{CAR_ID}"']
"""With characters that no id has, not even around it."""


def put(body: dict[str, Any], car_id: str = CAR_ID, queue: MemoryQueue | None = None) -> Answer:
    return send(commands(queue or MemoryQueue()), request("PUT", f"/cars/{car_id}", body=body))


def test_a_replacement_is_accepted_with_where_to_ask_about_it() -> None:
    answer = put(representation())
    command = answer.body["commandId"]
    assert answer.status == 202
    assert answer.body == {
        "carId": CAR_ID,
        "commandId": command,
        "command": f"{CAR_ID}/commands/{command}",
    }


def test_a_replacement_has_no_location() -> None:
    assert "Location" not in put(representation()).headers


def test_what_is_queued_is_an_update_of_the_car_in_the_path() -> None:
    queue = MemoryQueue()
    put(representation(color="red"), queue=queue)
    assert [sent.request for sent in queue.sent] == [UpdateRequest(CAR_ID, representation(color="red"))]


def test_the_body_may_repeat_the_cars_id() -> None:
    queue = MemoryQueue()
    answer = put({**representation(), "carId": CAR_ID}, queue=queue)
    assert answer.status == 202
    assert [sent.request for sent in queue.sent] == [UpdateRequest(CAR_ID, representation())]


def test_the_body_may_repeat_the_cars_id_in_upper_case() -> None:
    assert put({**representation(), "carId": CAR_ID.upper()}).status == 202


@pytest.mark.parametrize("car_id", [another_car(1), "x", "", None, 7, "00000000-0000-0000-0000-000000000000"])
def test_a_body_with_another_id_is_invalid(car_id: object) -> None:
    answer = put({**representation(), "carId": car_id})
    assert answer.status == 422
    assert answer.fields() == ["/carId"]


def test_an_id_in_upper_case_is_the_same_car() -> None:
    queue = MemoryQueue()
    answer = put(representation(), CAR_ID.upper(), queue)
    assert answer.body["carId"] == CAR_ID
    assert queue.sent[0].aggregate_id == CAR_ID


@pytest.mark.parametrize("car_id", NO_IDS)
def test_an_id_that_is_none_is_named(car_id: str) -> None:
    answer = put(representation(), car_id)
    assert answer.status == 422
    assert answer.fields() == ["carId"]


@pytest.mark.parametrize("car_id", ODD_PATHS)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_an_id_of_odd_characters_is_named(method: str, car_id: str) -> None:
    answer = send(commands(MemoryQueue()), request(method, f"/cars/{car_id}", body=representation()))
    assert answer.status == 422
    assert answer.fields() == ["carId"]


def test_an_item_of_a_list_may_be_put_back_and_its_version_is_no_precondition() -> None:
    registry = Registry()
    car = registry.create()
    item = {"carId": car.rpartition("/")[2], **representation(color="red"), "version": 7}
    assert registry.request("PUT", car, item, prefer="wait=5").status == 200


@pytest.mark.parametrize("version", [0, "1", 1.5, True])
def test_a_version_that_no_list_shows_is_named_with_all_else_that_is_wrong(version: object) -> None:
    assert sorted(put(representation(color="pink", version=version)).fields()) == ["/color", "/version"]


@pytest.mark.parametrize("car_id", ["x", *ODD_PATHS])
def test_a_bad_id_and_a_bad_field_are_named_together(car_id: str) -> None:
    assert sorted(put(representation(color="pink"), car_id).fields()) == ["/color", "carId"]


def test_a_color_that_there_is_not_and_a_model_of_another_make_are_named_together() -> None:
    answer = put(representation(color="pink", make="Ford", model="M3"))
    assert [(error["pointer"], error["detail"]) for error in answer.problem()["errors"]] == [
        ("/color", "Expected one of red, white, blue, black."),
        ("/model", "Expected a model of Ford: Escape, F150."),
    ]


@pytest.mark.parametrize("number", ["1e400", "1e999999", "1" + "0" * 400])
@pytest.mark.parametrize(("car_id", "status"), [(CAR_ID, 202), ("x", 422)])
def test_a_version_of_any_size_is_ignored(car_id: str, status: int, number: str) -> None:
    body = json.dumps(representation())[:-1] + f', "version": {number}}}'
    assert send(commands(MemoryQueue()), request("PUT", f"/cars/{car_id}", body=body)).status == status


def test_a_deletion_is_accepted_and_needs_no_body() -> None:
    queue = MemoryQueue()
    answer = send(commands(queue), request("DELETE", f"/cars/{CAR_ID}"))
    assert answer.status == 202
    assert answer.body["carId"] == CAR_ID
    assert [sent.request for sent in queue.sent] == [DeleteRequest(CAR_ID)]


@pytest.mark.parametrize("body", ["", "{", "x" * 10_000])
def test_a_deletions_body_means_nothing(body: str) -> None:
    assert send(commands(MemoryQueue()), request("DELETE", f"/cars/{CAR_ID}", body=body)).status == 202


@pytest.mark.parametrize("car_id", NO_IDS)
def test_a_deletion_names_an_id_that_is_none(car_id: str) -> None:
    answer = send(commands(MemoryQueue()), request("DELETE", f"/cars/{car_id}"))
    assert answer.status == 422
    assert answer.fields() == ["carId"]
