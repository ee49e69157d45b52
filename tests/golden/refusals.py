"""Every refusal of the domain: as a stored outcome, as the answer to who asks for it, and to who waits for it."""

import json
from collections.abc import Mapping
from typing import Any

from tests.golden.lives import CAR, content_of
from tests.golden.system import System

NOWHERE = "/cars/01a196fb-1600-7708-b4e8-81bbfc74de67"
EVERYTHING_FIXED = {"year": 2010, "make": "Ford", "model": "Escape", "vin": "WBSWD93569P000001"}


def tell(system: System, car_id: str) -> None:
    """Cause each once."""
    car = f"/cars/{car_id}"
    _refused(system, "a POST of an impossible car", "POST /cars", {**CAR, "year": 1066, "mileage": -1})
    _refused(system, "a POST of a Ford from the future", "POST /cars", {**CAR, **EVERYTHING_FIXED, "year": 2028})
    _refused(system, "a PUT of what nobody can change", f"PUT {car}", {**CAR, **EVERYTHING_FIXED})
    _refused(system, "a PUT of a lower mileage", f"PUT {car}", {**CAR, "mileage": 14000})
    _refused(system, "a PATCH of a negative mileage", f"PATCH {car}", {"mileage": -1})
    _refused(system, "a PUT of a car that never was", f"PUT {NOWHERE}", CAR)
    _refused(system, "a PATCH of a car that never was", f"PATCH {NOWHERE}", {"color": "red"})
    _refused(system, "a DELETE of a car that never was", f"DELETE {NOWHERE}")
    _refused(system, "a PUT of a stale version", f"PUT {car}", {**CAR, "color": "red"}, {"If-Match": '"1"'})
    deleted = f"/cars/{content_of(system.write('a POST of a car to refuse', 'POST /cars', CAR))['carId']}"
    system.write("a DELETE before it is refused", f"DELETE {deleted}")
    _refused(system, "a DELETE of a deleted car", f"DELETE {deleted}")
    _refused(system, "a PATCH of a deleted car", f"PATCH {deleted}", {"color": "red"})
    _past_the_api(system, car_id)


def _refused(system: System, step: str, line: str, body: Any = None, headers: Mapping[str, str] | None = None) -> None:
    """Send a request with a key, ask for its outcome, and send it again, to have the outcome as an answer."""
    given = {"Idempotency-Key": step.replace(" ", "-"), **(headers or {})}
    accepted = content_of(system.write(step, line, body, given))
    system.ask(f"the outcome of {step}", f"GET /cars/{accepted['carId']}/commands/{accepted['commandId']}")
    system.write(f"a retry of {step} that waits", line, body, {**given, "Prefer": "wait=5"})


def _past_the_api(system: System, car_id: str) -> None:
    """Deliver messages that the API did not send: of a car that is there already, and of long ago."""
    first = json.loads(system.recording.areas["messages"]["a POST"][0]["body"])
    another = {**first, "commandId": "01a196fb-1600-7708-b4e8-000000000001", "issuedAt": "2026-11-01T12:30:00.000Z"}
    old = {**first, "commandId": "01a196fb-1600-7708-b4e8-000000000002", "issuedAt": "2026-11-01T11:00:00.000Z"}
    for step, message in {"a creation of a car that is there": another, "a command of long ago": old}.items():
        system.deliver(step, system.record(json.dumps(message), car_id, message["commandId"]))
        system.ask(f"the outcome of {step}", f"GET /cars/{car_id}/commands/{message['commandId']}")
