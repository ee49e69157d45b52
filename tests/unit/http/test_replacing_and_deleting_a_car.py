import json
from typing import Any

import pytest

from tests.support.cars import CAR_ID, representation
from tests.support.commits import another_car
from tests.support.http import Answer
from tests.support.system import System
from trigger_pattern.definition.requests import DeleteRequest, UpdateRequest

CAR = f"/cars/{CAR_ID}"


def put(body: dict[str, Any]) -> Answer:
    return System().request("PUT", CAR, body)


def test_a_replacement_is_accepted_with_where_to_ask_about_it() -> None:
    answer = put(representation())
    command = answer.body["commandId"]
    assert answer.status == 202
    assert answer.body == {"carId": CAR_ID, "commandId": command, "command": f"{CAR_ID}/commands/{command}"}
    assert "Location" not in answer.headers


@pytest.mark.parametrize("more", [{}, {"carId": CAR_ID}, {"carId": CAR_ID.upper()}])
def test_what_is_queued_is_an_update_of_the_car_in_the_path_whose_id_the_body_may_repeat(more: dict[str, str]) -> None:
    system = System()
    assert system.request("PUT", CAR, {**representation(color="red"), **more}).status == 202
    assert system.requested() == [UpdateRequest(CAR_ID, representation(color="red"))]


@pytest.mark.parametrize("car_id", [another_car(1), "x", "", None, 7, "00000000-0000-0000-0000-000000000000"])
def test_a_body_with_another_id_is_invalid(car_id: object) -> None:
    answer = put({**representation(), "carId": car_id})
    assert (answer.status, answer.fields()) == (422, ["/carId"])


def test_an_item_of_a_list_may_be_put_back_and_its_version_is_no_precondition() -> None:
    system = System()
    car = system.create()
    item = {"carId": car.rpartition("/")[2], **representation(color="red"), "version": 7}
    assert system.request("PUT", car, item, prefer="wait=5").status == 200


@pytest.mark.parametrize("version", [0, "1", 1.5, True])
def test_a_version_that_no_list_shows_is_named_with_all_else_that_is_wrong(version: object) -> None:
    assert sorted(put(representation(color="pink", version=version)).fields()) == ["/color", "/version"]


def test_a_color_that_there_is_not_and_a_model_of_another_make_are_named_together() -> None:
    answer = put(representation(color="pink", make="Ford", model="M3"))
    assert [(error["pointer"], error["detail"]) for error in answer.problem()["errors"]] == [
        ("/color", "Expected one of red, white, blue, black."),
        ("/model", "Expected a model of Ford: Escape, F150."),
    ]


@pytest.mark.parametrize("number", ["1e400", "1e999999", "1" + "0" * 400])
@pytest.mark.parametrize(("path", "status"), [(CAR, 202), ("/cars/x", 422)])
def test_a_version_of_any_size_is_ignored(path: str, status: int, number: str) -> None:
    body = json.dumps(representation())[:-1] + f', "version": {number}}}'
    assert System().request("PUT", path, body).status == status


@pytest.mark.parametrize("body", [None, "", "{", "x" * 10_000])
def test_a_deletion_is_accepted_and_a_body_means_nothing(body: str | None) -> None:
    system = System()
    answer = system.request("DELETE", CAR, body)
    assert (answer.status, answer.body["carId"]) == (202, CAR_ID)
    assert system.requested() == [DeleteRequest(CAR_ID)]
