"""Items of the events table that no code wrote: each is all that there is of a car of its own."""

from typing import Any

from tests.simulation.run.chance import one_of
from tests.simulation.world.aws import World
from trigger_pattern.application.clock import write_time
from trigger_pattern.application.ids import new_id

_CREATED: dict[str, Any] = {
    "type": {"S": "Created"},
    "schemaVersion": {"N": "1"},
    "data": {"M": {"make": {"S": "BMW"}}},
}
_FAULTS: dict[str, dict[str, Any]] = {
    "no events": {"events": {"L": []}},
    "a number of 39 digits": {"foldVersion": {"N": "1E+38"}, "price": {"N": "1" * 39}},
    "a time before the first": {"occurredAt": {"S": "0001-01-01T00:00:00+23:59"}},
    "a schema version of 0": {"events": {"L": [{"M": {**_CREATED, "schemaVersion": {"N": "0"}}}]}},
    "an event without its fields": {"events": {"L": [{"M": _CREATED}]}},
    "a number that is none": {"events": {"L": [{"M": {**_CREATED, "data": {"M": {"mileage": {"N": "NaN"}}}}}]}},
    "nothing but a key": {},
}


def put_unreadable(world: World) -> tuple[str, str]:
    """Put one such item into the events table; give its car and its kind."""
    kind = one_of(world.dice, "kind of unreadable commit", list(_FAULTS))
    now = world.clock.datetime()
    car_id = str(new_id(now, lambda count: world.dice.bits("id of an unreadable car", count)))
    key: dict[str, Any] = {"carId": {"S": car_id}, "version": {"N": "1"}}
    whole = _envelope(write_time(now)) if _FAULTS[kind] else {}
    item = {**key, **whole, **_FAULTS[kind]}
    world.tables["CarEventsTable"].put_item({"TableName": "CarEventsTable", "Item": item})
    return car_id, kind


def _envelope(at: str) -> dict[str, Any]:
    texts = {"commandId": "by hand", "queue": "none", "sequence": "1", "actor": "somebody", "correlationId": "by hand"}
    return {
        "events": {"L": [{"M": _CREATED}]},
        "state": {"M": {}},
        "foldVersion": {"N": "1"},
        **{name: {"S": text} for name, text in {**texts, "issuedAt": at, "occurredAt": at}.items()},
    }
