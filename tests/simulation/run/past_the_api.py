"""Messages that somebody puts on the commands queue past the API: what is no command, and what the API would refuse."""

import json
from typing import Any

from tests.simulation.run.books import Books
from tests.simulation.run.chance import one_of
from tests.simulation.world.aws import World
from tests.support.cars import representation
from trigger_pattern.application.clock import write_time
from trigger_pattern.application.ids import new_id

YELLOW = {"color": "yellow"}
"""What only newer code takes."""
_POISON = ("not json", "no type", "wrong group")
_FAULTY: dict[str, tuple[str, dict[str, Any], set[str]]] = {
    "a field too many": ("PatchCar", {"wheels": 4}, {"unknown-field"}),
    "a wrong type": ("UpdateCar", representation(mileage="many"), {"invalid-value"}),
    "a fixed field in a patch": ("PatchCar", {"vin": "1" * 17}, {"immutable-field"}),
    "yellow": ("PatchCar", YELLOW, {"invalid-value"}),
}
"""What each command says, and the codes with which it may be refused for its form."""


def send_past_the_api(world: World, books: Books, car_id: str, number: int) -> str:
    """Send one such message for a car; give its kind."""
    kind = one_of(world.dice, "kind of message past the API", (*_POISON, *_FAULTY))
    body = _command(world, car_id, number)
    group = car_id
    if kind in _FAULTY:
        body["type"], body["representation"], codes = _FAULTY[kind]
        books.faulty[body["commandId"]] = codes
    elif kind == "no type":
        del body["type"]
    elif kind == "wrong group":
        group = "another"
    text = f"not json {number}" if kind == "not json" else json.dumps(body)
    if kind in _POISON:
        books.poison.append(text)
    world.commands.send(text, group, body["commandId"])
    return kind


def _command(world: World, car_id: str, number: int) -> dict[str, Any]:
    now = world.clock.datetime()
    return {
        "commandId": str(new_id(now, lambda count: world.dice.bits("id past the API", count))),
        "type": "DeleteCar",
        "carId": car_id,
        "issuedAt": write_time(now),
        "actor": "somebody",
        "correlationId": f"past-the-api-{number}",
    }
