"""The life of a car: every event, by every method, and other ways to be registered."""

import json
from typing import Any

from tests.golden.system import System

OWNER, ANOTHER_OWNER = "ad4181f8-c33f-4e81-9d9e-0896188d73f0", "5f0c5bd4-9d1e-4a3c-8c53-9c4c9d1f4c11"
CAR = {
    "year": 2009,
    "make": "BMW",
    "model": "M3",
    "color": "black",
    "mileage": 14320,
    "vin": "2G4GM5ER4E9225618",
    "condition": "good",
    "owner": OWNER,
}
SPELT_OTHERWISE = {
    "year": 2009.0,
    "make": " bmw",
    "model": "m3 ",
    "color": "BLACK",
    "mileage": 1.432e4,
    "vin": "2g4gm5er4e9225618",
    "condition": "Good",
    "owner": OWNER.upper(),
}
CHANGED = {"color": "red", "mileage": 15000, "owner": ANOTHER_OWNER, "condition": "average"}
IAM = {"iam": {"userArn": "arn:aws:sts::123456789012:assumed-role/RegistryClerk/jane.doe@example.com"}}
JWT = {"jwt": {"claims": {"sub": "jane", "iss": "https://issuer.example"}}}


def content_of(answer: dict[str, Any]) -> dict[str, Any]:
    """Return what an answer's body says."""
    return dict(json.loads(answer["body"]))


def tell(system: System) -> str:
    """Act it out; return the id of a car that is still there, at version 10."""
    car_id = _register(system)
    _change(system, f"/cars/{car_id}")
    _delete(system)
    return car_id


def _register(system: System) -> str:
    accepted = content_of(system.ask("a POST", "POST /cars", CAR))
    car, command = f"/cars/{accepted['carId']}", accepted["commandId"]
    system.ask("a car whose command was not handled yet", f"GET {car}")
    system.ask("a pending command", f"GET {car}/commands/{command}")
    system.settle("a POST")
    system.ask("a command that succeeded", f"GET {car}/commands/{command}")
    system.ask("a POST by somebody of IAM", "POST /cars", CAR, {"X-Correlation-Id": "order-66"}, IAM)
    system.settle("a POST by somebody of IAM")
    system.ask("a POST by the subject of a token", "POST /cars", SPELT_OTHERWISE, caller=JWT)
    system.settle("a POST by the subject of a token")
    system.write("a POST that waits", "POST /cars", {**CAR, "make": "Ford", "model": "F150"}, {"Prefer": "wait=5"})
    return str(accepted["carId"])


def _change(system: System, car: str) -> None:
    unchanged = content_of(system.write("a PUT of what already is", f"PUT {car}", CAR))
    system.ask("a command that changed nothing", f"GET {car}/commands/{unchanged['commandId']}")
    system.write("a PUT of another color", f"PUT {car}", {**CAR, "color": "white"})
    system.write("a PATCH of the mileage", f"PATCH {car}", {"mileage": 14500})
    system.write("a PATCH of the owner", f"PATCH {car}", {"owner": ANOTHER_OWNER.upper()})
    system.write("a PATCH of the condition", f"PATCH {car}", {"condition": "Poor"})
    system.write("a PATCH as merge-patch", f"PATCH {car}", '{"color": "blue"}', MERGE_PATCH)
    system.write("a PATCH of nothing", f"PATCH {car}", {})
    echo = {"carId": car.rpartition("/")[2], **CAR, **CHANGED, "owner": OWNER, "version": 3}
    system.write("a PUT of three changes that waits", f"PUT {car}", echo, {"Prefer": "wait=5"})
    system.write("a PUT of what already is that waits", f"PUT {car}", echo, {"Prefer": "wait=5"})


MERGE_PATCH = {"content-type": "application/merge-patch+json"}


def _delete(system: System) -> None:
    car = f"/cars/{content_of(system.write('a POST of a car to delete', 'POST /cars', CAR))['carId']}"
    system.write("a DELETE", f"DELETE {car}")
    system.ask("a deleted car", f"GET {car}")
    system.ask("a deleted car as it was", f"GET {car}?version=1")
    system.ask("a deleted car as it is by its last version", f"GET {car}?version=2")
    system.ask("the events of a deleted car", f"GET {car}/events")
    refused = content_of(system.write("a PUT of a deleted car", f"PUT {car}", CAR))
    system.ask("the outcome of a PUT of a deleted car", f"GET {car}/commands/{refused['commandId']}")
    waiting = f"/cars/{content_of(system.write('a POST of another car to delete', 'POST /cars', CAR))['carId']}"
    system.write("a DELETE that waits", f"DELETE {waiting}", headers={"Prefer": "wait=5"})
