"""Preconditions of writes, and the commands that carry a version."""

from tests.golden.lives import CAR, content_of
from tests.golden.system import System


def tell(system: System, _: str) -> None:
    """Act out the steps with a car of their own."""
    car = f"/cars/{content_of(system.write('a POST of a car with conditions', 'POST /cars', CAR))['carId']}"
    system.write("a PUT with If-Match", f"PUT {car}", {**CAR, "color": "red"}, {"If-Match": '"1"'})
    system.write("a PATCH with If-Match", f"PATCH {car}", {"color": "blue"}, {"If-Match": '"2"'})
    system.write("a PATCH with a list in If-Match", f"PATCH {car}", {"color": "red"}, {"If-Match": '"2", "3"'})
    system.write("a PATCH with any tag in If-Match", f"PATCH {car}", {"color": "blue"}, {"If-Match": "*"})
    system.write("a PATCH with If-None-Match", f"PATCH {car}", {"color": "red"}, {"If-None-Match": '"1"'})
    waits = {"If-Match": '"1"', "Prefer": "wait=5"}
    system.write("a PUT of a stale version that waits", f"PUT {car}", CAR, waits)
    system.ask("a PUT with a list of stale versions", f"PUT {car}", CAR, {"If-Match": '"1", "2"'})
    system.ask("a PUT with a tag of no version", f"PUT {car}", CAR, {"If-Match": '"red"'})
    system.ask("a PUT with a weak tag", f"PUT {car}", CAR, {"If-Match": 'W/"5"'})
    system.ask("a PUT unless there is a car", f"PUT {car}", CAR, {"If-None-Match": "*"})
    system.ask("a PUT unless the version is current", f"PUT {car}", CAR, {"If-None-Match": '"6"'})
    system.ask("a GET if a version is current", f"GET {car}", headers={"If-Match": '"6"'})
    system.ask("a GET if another version is current", f"GET {car}", headers={"If-Match": '"1"'})
    system.write("a DELETE with If-Match", f"DELETE {car}", headers={"If-Match": '"6"'})
