"""Messages that somebody puts on the commands queue past the API: what is no command, and what the API would refuse."""

import json
from collections.abc import Mapping
from typing import Any

from tests.simulation.run.chance import one_of
from tests.simulation.run.ledger import Ledger
from tests.simulation.subject.subject import Faulty
from tests.simulation.world.aws import World
from trigger_pattern.application.clock import write_time
from trigger_pattern.application.ids import new_id

_POISON = ("not json", "no type", "wrong group")


def send_past_the_api(
    world: World, ledger: Ledger, faulty: Mapping[str, Faulty], aggregate_id: str, number: int
) -> str:
    """Send one such message; return what is wrong with it."""
    kind = one_of(world.dice, "kind of message past the API", (*_POISON, *faulty))
    body = _command(world, aggregate_id, number)
    group = aggregate_id
    if kind in faulty:
        body["type"], body["representation"] = faulty[kind].kind, faulty[kind].representation
        ledger.faulty[body["commandId"]] = faulty[kind]
    elif kind == "no type":
        del body["type"]
    elif kind == "wrong group":
        group = "another"
    text = f"not json {number}" if kind == "not json" else json.dumps(body)
    if kind in _POISON:
        ledger.poison.append(text)
    world.commands.send(text, group, body["commandId"])
    return kind


def _command(world: World, aggregate_id: str, number: int) -> dict[str, Any]:
    now = world.clock.datetime()
    return {
        "commandId": str(new_id(now, lambda count: world.dice.bits("id past the API", count))),
        "type": f"Delete{world.resource.kind}",
        world.resource.id: aggregate_id,
        "issuedAt": write_time(now),
        "actor": "somebody",
        "correlationId": f"past-the-api-{number}",
    }
