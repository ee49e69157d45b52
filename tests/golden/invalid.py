"""Requests that are not accepted: what is no JSON, fits no route, or has values that are not valid."""

import json
from typing import Any

from tests.golden.lives import CAR
from tests.golden.refusals import NOWHERE
from tests.golden.system import System

NIL = "00000000-0000-0000-0000-000000000000"
WRONG_TYPES = {
    "a POST of texts for numbers": {**CAR, "year": "2009", "mileage": "14320"},
    "a POST of numbers for texts": {**CAR, "make": 1, "model": 2, "vin": 3, "color": 4, "owner": 5, "condition": 6},
    "a POST of nothing but null": dict.fromkeys(CAR),
    "a POST of fractions": {**CAR, "year": 2009.5, "mileage": 0.1},
    "a POST of numbers too large": {**CAR, "year": 10000, "mileage": 10_000_000},
    "a POST of true": {**CAR, "year": True, "mileage": False},
    "a POST of values that there are not": {**CAR, "make": "Opel", "model": "Q", "color": "pink", "condition": "new"},
}
VALUES: dict[str, dict[str, Any]] = {
    "a POST of no fields": {},
    **WRONG_TYPES,
    "a POST of a nil owner": {**CAR, "owner": NIL},
    "a POST of a VIN with an O": {**CAR, "vin": "OG4GM5ER4E9225618"},
    "a POST of a BMW F150": {**CAR, "model": "F150"},
    "a POST of a Ford M3": {**CAR, "make": "Ford"},
    "a POST of odd names": {**CAR, "a/b": 1, "c~d": 2, "~/": 3, "": 4, "ö" * 50: 5, "x" * 50: 6, "carId": NIL},
    "a POST of more than twenty faults": {f"field{number}": number for number in range(15)},
    "a POST of thirty faults beside a car": {**CAR, **{f"field{number}": number for number in range(30)}},
}
BODIES: dict[str, str | bytes] = {
    "a POST of no JSON": "{",
    "a POST of NaN": '{"year": NaN}',
    "a POST of two members of one name": '{"year": 2009, "year": 2010}',
    "a POST of no body": "",
    "a POST of no UTF-8": b"\xff",
    "a POST of a list": "[1]",
    "a POST of a text": '"car"',
    "a POST of too much": json.dumps(CAR) + " " * 4096,
}
MALFORMED = {"If-Match": "1", "If-None-Match": '"', "Idempotency-Key": "a key"}


def tell(system: System, car_id: str) -> None:
    """Send them all; nothing may be stored of any."""
    for step, body in (*VALUES.items(), *BODIES.items()):
        system.ask(step, "POST /cars", body)
    _changes(system, f"/cars/{car_id}")
    _reads(system, f"/cars/{car_id}")
    _routes(system)
    system.settle("nothing of what is not valid")


def _changes(system: System, car: str) -> None:
    system.ask("a POST with a malformed key", "POST /cars", CAR, MALFORMED)
    system.ask("a PUT with malformed headers", f"PUT {car}", CAR, MALFORMED)
    system.ask("a PUT of wrong values with malformed headers", f"PUT {car}", {**CAR, "color": "pink"}, MALFORMED)
    system.ask("a DELETE with malformed headers", f"DELETE {car}", headers=MALFORMED)
    system.ask("a PUT of a wrong color", f"PUT {car}", {**CAR, "color": "pink"})
    system.ask("a PUT of another car", f"PUT {car}", {**CAR, "carId": NIL, "version": 0})
    system.ask("a PUT of no fields", f"PUT {car}", {})
    system.ask("a PUT of a nil id", f"PUT /cars/{NIL}", CAR)
    system.ask("a PUT of no id", "PUT /cars/me", {**CAR, "color": "pink"})
    system.ask("a PATCH of what nobody can change", f"PATCH {car}", {"year": 2010, "make": 1, "model": "", "vin": None})
    system.ask("a PATCH of wrong values", f"PATCH {car}", {"color": None, "mileage": "1", "owner": NIL, "a/b~": 1})
    system.ask("a PATCH of another condition", f"PATCH {car}", {"condition": "new"})
    system.ask("a PATCH of a list", f"PATCH {car}", "[]")
    system.ask("a DELETE of no id", "DELETE /cars/me")
    system.ask("a POST as text", "POST /cars", "car", {"content-type": "text/plain"})
    system.ask("a PUT as merge-patch", f"PUT {car}", "{}", {"content-type": "application/merge-patch+json"})
    system.ask("a PATCH as text", f"PATCH {car}", "{}", {"content-type": "text/plain"})


def _reads(system: System, car: str) -> None:
    system.ask("a GET of no id", "GET /cars/me")
    system.ask("a GET of a version and a time", f"GET {car}?version=1&at=2026-11-01T00:00:00Z")
    system.ask("a GET of a version that is none", f"GET {car}?version=x")
    system.ask("a GET of version 0", f"GET {car}?version=0")
    system.ask("a GET of a version too large", f"GET {car}?version=10000000000")
    system.ask("a GET of a time that is none", f"GET {car}?at=today")
    system.ask("a GET of a time that cannot be", f"GET {car}?at=2026-13-01T00:00:00Z")
    system.ask("a GET by a parameter that is not there", f"GET {car}?v=1")
    system.ask("a GET with malformed If-Match", f"GET {car}", headers=MALFORMED)
    system.ask("a GET of events after -1", f"GET {car}/events?after=-1&limit=0")
    system.ask("a GET of too many events", f"GET {car}/events?after=x&limit=101&before=1")
    system.ask("a GET of no command", f"GET {car}/commands/me")


def _routes(system: System) -> None:
    system.ask("a path that is not there", "GET /vans")
    system.ask("a path too long", f"GET {NOWHERE}/color")
    for path in ("/cars", NOWHERE, f"{NOWHERE}/events", f"{NOWHERE}/commands/{NIL}", "/docs", "/openapi.json"):
        system.ask(f"OPTIONS of {path}", f"OPTIONS {path}")
