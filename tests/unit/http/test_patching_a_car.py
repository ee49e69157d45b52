from typing import Any

import pytest

from tests.support.cars import ANOTHER_OWNER, CAR_ID, representation
from tests.support.system import System
from trigger_pattern.definition.requests import PatchRequest

PATH = f"/cars/{CAR_ID}"
CHANGES: dict[str, Any] = {"color": "red", "mileage": 15_000, "owner": str(ANOTHER_OWNER), "condition": "poor"}


@pytest.mark.parametrize(
    "media_type", ["application/json", "application/merge-patch+json", "APPLICATION/Merge-Patch+JSON"]
)
def test_a_patch_is_accepted_under_both_media_types(media_type: str) -> None:
    system = System()
    assert system.request("PATCH", PATH, {"color": "RED"}, content_type=media_type).status == 202
    assert system.requested() == [PatchRequest(CAR_ID, {"color": "red"})]


def test_a_patch_of_another_media_type_is_answered_with_those_that_it_may_have() -> None:
    """RFC 5789, section 2.2."""
    answer = System().request("PATCH", PATH, {"color": "red"}, content_type="application/json-patch+json")
    accepted = "application/json, application/merge-patch+json"
    assert (answer.status, answer.headers["Accept-Patch"]) == (415, accepted)


def test_a_put_is_no_merge_patch() -> None:
    assert System().request("PUT", PATH, {}, content_type="application/merge-patch+json").status == 415


def test_what_cannot_be_patched_is_named() -> None:
    answer = System().request("PATCH", PATH, {"color": None, "vin": "2G4GM5ER4E9225618", "carId": CAR_ID})
    found = sorted((error["code"], error["pointer"]) for error in answer.problem()["errors"])
    assert answer.status == 422
    assert found == [("immutable-field", "/vin"), ("invalid-value", "/color"), ("unknown-field", "/carId")]


@pytest.mark.parametrize("patch", [{}, {"color": "red"}, CHANGES], ids="+".join)
def test_a_patch_changes_what_it_names_and_nothing_else(patch: dict[str, Any]) -> None:
    system = System()
    car = system.create()
    answer = system.request("PATCH", car, patch, prefer="wait=5")
    assert answer.body == {"carId": car.rpartition("/")[2], **representation(**patch)}
    assert answer.headers["ETag"] == f'"{1 + len(patch)}"'
    assert system.request("GET", car).body == answer.body
