from typing import Any

import pytest

from tests.support.cars import ANOTHER_OWNER, CAR_ID, representation
from tests.support.http import MemoryQueue, commands, request, send
from tests.support.registry import Registry
from trigger_pattern.definition.requests import PatchRequest

PATH = f"/cars/{CAR_ID}"
CHANGES: dict[str, Any] = {"color": "red", "mileage": 15_000, "owner": str(ANOTHER_OWNER), "condition": "poor"}


@pytest.mark.parametrize(
    "media_type", ["application/json", "application/merge-patch+json", "APPLICATION/Merge-Patch+JSON"]
)
def test_a_patch_is_accepted_under_both_media_types(media_type: str) -> None:
    queue = MemoryQueue()
    event = request("PATCH", PATH, body={"color": "RED"}, headers={"content-type": media_type})
    assert send(commands(queue), event).status == 202
    assert queue.sent[0].request == PatchRequest(CAR_ID, {"color": "red"})


def test_a_patch_of_another_media_type_is_answered_with_those_that_it_may_have() -> None:
    """RFC 5789, section 2.2."""
    event = request("PATCH", PATH, body={"color": "red"}, headers={"content-type": "application/json-patch+json"})
    answer = send(commands(MemoryQueue()), event)
    accepted = "application/json, application/merge-patch+json"
    assert (answer.status, answer.headers["Accept-Patch"]) == (415, accepted)


def test_a_put_is_no_merge_patch() -> None:
    event = request("PUT", PATH, body={}, headers={"content-type": "application/merge-patch+json"})
    assert send(commands(MemoryQueue()), event).status == 415


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"color": None}, "invalid-value", "/color"),
        ({"mileage": None}, "invalid-value", "/mileage"),
        ({"color": "pink"}, "invalid-value", "/color"),
        ({"vin": "2G4GM5ER4E9225618"}, "immutable-field", "/vin"),
        ({"make": None}, "immutable-field", "/make"),
        ({"plate": "B-MW 3"}, "unknown-field", "/plate"),
        ({"carId": CAR_ID}, "unknown-field", "/carId"),
    ],
)
def test_what_cannot_be_patched_is_named(body: dict[str, Any], code: str, pointer: str) -> None:
    answer = send(commands(MemoryQueue()), request("PATCH", PATH, body=body))
    assert answer.status == 422
    assert [(error["code"], error["pointer"]) for error in answer.problem()["errors"]] == [(code, pointer)]


def test_a_patch_of_nothing_is_accepted() -> None:
    registry = Registry()
    assert registry.request("PATCH", registry.create(), {}, prefer="wait=5").headers["ETag"] == '"1"'


@pytest.mark.parametrize("patch", [*({name: value} for name, value in CHANGES.items()), CHANGES], ids="+".join)
def test_a_patch_changes_what_it_names_and_nothing_else(patch: dict[str, Any]) -> None:
    registry = Registry()
    car = registry.create()
    answer = registry.request("PATCH", car, patch, prefer="wait=5")
    assert answer.body == {"carId": car.rpartition("/")[2], **representation(**patch)}
    assert registry.request("GET", car).body == answer.body
