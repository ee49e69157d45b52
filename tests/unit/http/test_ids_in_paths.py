"""Ids in paths: every route reads them in the same way."""

import pytest

from tests.support.cars import CAR_ID, car_created, representation
from tests.support.commits import commits_of
from tests.support.memory import log_of
from tests.support.system import System

CAR, COMMAND = "/cars/{}", f"/cars/{CAR_ID}/commands/{{}}"
OF_A_CAR = [
    ("GET", CAR), ("GET", f"{CAR}/events"), ("GET", f"{CAR}/commands/{CAR_ID}"), ("PUT", CAR), ("PATCH", CAR),
    ("DELETE", CAR),
]  # fmt: skip
BODIES = {"PUT": representation(), "PATCH": {"color": "red"}}
NO_IDS = [
    "x", "00000000-0000-0000-0000-000000000000", f"{CAR_ID}0", CAR_ID.replace("-", ""), f"{{{CAR_ID}}}",
    f"urn:uuid:{CAR_ID}", "ü", "a b", "%22", "..", "\uff11" * 36, f" {CAR_ID}", '"x', "a`", "#", "a\\b", "a\nb",
    "\u0000", f"{CAR_ID}\t", f'{CAR_ID}"',
]  # fmt: skip


@pytest.mark.parametrize("text", NO_IDS)
@pytest.mark.parametrize(("method", "path"), OF_A_CAR)
def test_what_is_no_id_of_a_car_is_named(method: str, path: str, text: str) -> None:
    answer = System().request(method, path.format(text), BODIES.get(method))
    assert (answer.status, answer.fields()) == (422, ["carId"])


@pytest.mark.parametrize("text", NO_IDS)
def test_what_is_no_id_of_a_command_is_named(text: str) -> None:
    answer = System().request("GET", COMMAND.format(text))
    assert (answer.status, answer.fields()) == (422, ["commandId"])


def test_both_ids_are_named_if_both_are_none() -> None:
    assert sorted(System().request("GET", "/cars/x/commands/y").fields()) == ["carId", "commandId"]


def test_an_id_is_named_with_the_faults_of_the_body() -> None:
    answer = System().request("PUT", "/cars/x", representation(color="pink"))
    assert sorted(answer.fields()) == ["/color", "carId"]


def test_an_id_in_upper_case_is_the_same_one() -> None:
    system = System(log=log_of(commits_of([car_created()])))
    assert system.request("GET", CAR.format(CAR_ID.upper())).body["carId"] == CAR_ID
    assert system.request("PUT", CAR.format(CAR_ID.upper()), representation()).body["carId"] == CAR_ID
    assert [request.id for request in system.requested()] == [CAR_ID]
