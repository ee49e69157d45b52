"""What clients ask for: drawn for each request by its number, so that one can be left out and the others stay."""

from collections.abc import Sequence
from typing import Any

from tests.simulation.reference import CHANGES
from tests.simulation.run.books import Request
from tests.simulation.run.chance import happens, one_of, weighted
from tests.simulation.world.dice import Dice
from tests.support.cars import ANOTHER_OWNER, OWNER, representation

_STRANGER = "01a206e7-d420-7708-b4e8-81bbfc74de99"
_METHODS = {"PUT": 4.0, "PATCH": 3.0, "DELETE": 0.7, "POST": 1.0}
_VALUES: dict[str, tuple[Any, ...]] = {
    "color": ("red", "white", "blue", "black"),
    "condition": ("excellent", "good", "average", "poor"),
    "owner": (str(OWNER), str(ANOTHER_OWNER)),
}


def wish(dice: Dice, number: int, car_ids: Sequence[str], most_cars: int) -> Request:
    """Draw what a client wants, of a car that clients know of, or of a new one while there are few."""
    what = f"request {number}"
    method = weighted(dice, what, _METHODS)
    if not car_ids or (method == "POST" and len(car_ids) < most_cars):
        return Request(number, "POST", "", _new_car(dice, what), _headers(dice, what, number))
    car_id = _STRANGER if happens(dice, what, 0.03) else one_of(dice, what, car_ids)
    method = "PUT" if method == "POST" else method
    headers = _headers(dice, what, number)
    if happens(dice, what, 0.2):
        headers["If-Match"] = f'"{1 + int(dice.between(what, 0, 4))}"'
    return Request(number, method, car_id, _body(dice, what, method, number), headers)


def changes(dice: Dice, what: str, number: int) -> dict[str, Any]:
    """Draw changes of a car, maybe none; mileage grows with the requests' numbers, though not always."""
    wanted = [name for name in CHANGES if happens(dice, what, 0.4)]
    mileage = 14_320 + 10 * (number if happens(dice, what, 0.85) else number - 3)
    values = {name: one_of(dice, what, _VALUES[name]) for name in wanted if name != "mileage"}
    return values | ({"mileage": mileage} if "mileage" in wanted else {})


def _new_car(dice: Dice, what: str) -> dict[str, Any]:
    fault = {"year": 1950} if happens(dice, what, 0.05) else {}
    return representation(**fault, color=one_of(dice, what, _VALUES["color"]))


def _body(dice: Dice, what: str, method: str, number: int) -> dict[str, Any] | None:
    if method == "DELETE":
        return None
    if method == "PATCH":
        return changes(dice, what, number)
    fixed = {"year": 2010} if happens(dice, what, 0.04) else {}
    return representation(**fixed, **changes(dice, what, number))


def _headers(dice: Dice, what: str, number: int) -> dict[str, str]:
    headers = {"X-Correlation-Id": f"request-{number}"}
    if happens(dice, what, 0.4):
        headers["Idempotency-Key"] = f"key-{number}"
    if happens(dice, what, 0.08):
        headers["Prefer"] = "wait=1"
    return headers
