"""The requests of clients, each drawn by its number, so that leaving one out changes no other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.simulation.run.chance import happens, one_of, weighted
from tests.simulation.run.ledger import Request
from tests.simulation.subject.subject import Fields, Subject
from tests.simulation.world.dice import Dice

_STRANGER = "01a206e7-d420-7708-b4e8-81bbfc74de99"
_METHODS = {"PUT": 4.0, "PATCH": 3.0, "DELETE": 0.7, "POST": 1.0}


@dataclass(frozen=True)
class Requests:
    """Draws requests; `current` returns the state that a client knows for an id, or None."""

    dice: Dice
    subject: Subject
    current: Callable[[str], Fields | None]

    def draw(self, number: int, aggregate_ids: Sequence[str], most_aggregates: int) -> Request:
        """Return a request: to an aggregate that clients know, or to create one while there are few."""
        dice, what, collection = self.dice, f"request {number}", f"/{self.subject.resource.plural}"
        method = weighted(dice, what, _METHODS)
        if not aggregate_ids or (method == "POST" and len(aggregate_ids) < most_aggregates):
            body = self.subject.new(dice, what)
            return Request(number, "POST", collection, "", body, _headers(dice, what, number))
        aggregate_id = _STRANGER if happens(dice, what, 0.03) else one_of(dice, what, aggregate_ids)
        method = "PUT" if method == "POST" else method
        headers = _headers(dice, what, number)
        if happens(dice, what, 0.2):
            headers["If-Match"] = f'"{1 + int(dice.between(what, 0, 4))}"'
        return Request(
            number, method, collection, aggregate_id, self._body(what, method, number, aggregate_id), headers
        )

    def _body(self, what: str, method: str, number: int, aggregate_id: str) -> dict[str, Any] | None:
        if method == "DELETE":
            return None
        draw = self.subject.patch if method == "PATCH" else self.subject.replacement
        return draw(self.dice, what, number, self.current(aggregate_id))


def _headers(dice: Dice, what: str, number: int) -> dict[str, str]:
    headers = {"X-Correlation-Id": f"request-{number}"}
    if happens(dice, what, 0.4):
        headers["Idempotency-Key"] = f"key-{number}"
    if happens(dice, what, 0.08):
        headers["Prefer"] = "wait=1"
    return headers
