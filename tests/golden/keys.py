"""Requests with an Idempotency-Key: their tickets, and the answers to retries."""

from tests.golden.lives import CAR, IAM, content_of
from tests.golden.system import System

KEY = {"Idempotency-Key": "7f0c"}


def tell(system: System, _: str) -> None:
    """Use one key, which is another one for each method, car and caller."""
    accepted = content_of(system.ask("a POST with a key", "POST /cars", CAR, KEY))
    system.ask("a retry of a POST before it is handled", "POST /cars", CAR, KEY)
    system.settle("a POST with a key")
    system.ask("a retry of a POST after it was handled", "POST /cars", CAR, KEY)
    system.write("a retry of a POST that waits", "POST /cars", CAR, {**KEY, "Prefer": "wait=5"})
    system.ask("another POST with the same key", "POST /cars", {**CAR, "color": "red"}, KEY)
    system.ask("a POST with the same key by somebody else", "POST /cars", CAR, KEY, IAM)
    system.settle("a POST with the same key by somebody else")
    _changes(system, f"/cars/{accepted['carId']}")


def _changes(system: System, car: str) -> None:
    red, first = {**CAR, "color": "red"}, {**KEY, "If-Match": '"1"'}
    system.write("a PUT with a key", f"PUT {car}", red, KEY)
    system.write("a retry of a PUT that waits", f"PUT {car}", red, {**KEY, "Prefer": "wait=5"})
    system.ask("a PUT with the same key and If-Match", f"PUT {car}", red, first)
    system.write("a PATCH with a key", f"PATCH {car}", {"color": "blue"}, KEY)
    system.write("a retry of a PATCH that waits", f"PATCH {car}", {"color": "blue"}, {**KEY, "Prefer": "wait=5"})
    conditional = {"Idempotency-Key": "one-tag", "If-Match": '"3"'}
    system.write("a PATCH with a key and If-Match", f"PATCH {car}", {"color": "red"}, conditional)
    listed = {"Idempotency-Key": "tags", "If-Match": '"4", W/"x", "2"', "If-None-Match": '"1"'}
    system.write("a PATCH with a key and lists of tags", f"PATCH {car}", {"color": "white"}, listed)
    starred = {"Idempotency-Key": "any-tag", "If-Match": "*"}
    system.write("a PATCH with a key and any tag", f"PATCH {car}", {"mileage": 20000}, starred)
    system.write("a DELETE with a key", f"DELETE {car}", headers=KEY)
    system.write("a retry of a DELETE that waits", f"DELETE {car}", headers={**KEY, "Prefer": "wait=5"})
    deletion = {"Idempotency-Key": "last", "If-Match": '"1"'}
    system.write("a DELETE with a key and If-Match", f"DELETE {car}", headers=deletion)
