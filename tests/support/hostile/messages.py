"""Messages on the queue of commands, past the API."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from tests.support.hostile.bodies import garbage, object_text, representation_text
from tests.support.hostile.chance import Chance
from tests.support.hostile.values import IDS, TIMES, VALUES

TYPES = ("CreateCar", "UpdateCar", "PatchCar", "UpdateCar", "PatchCar")
FIELDS: dict[str, Sequence[str]] = {
    "commandId": IDS, "carId": IDS, "issuedAt": TIMES, "actor": ("x" * 193,), "correlationId": ("x" * 65,),
    "expectedVersion": (), "keyed": (), "representation": (),
}  # fmt: skip
"""The fields of a command that may be wrong, and the texts that are sent for each beside any value."""
LONGEST = 20_000
"""Characters, of up to three bytes: the queue takes no more than 65,536 bytes."""


@dataclass(frozen=True)
class HostileMessage:
    """A message as SQS takes it: of at least one of the characters that it allows."""

    group: str
    body: str


def hostile_message(chance: Chance, car_ids: Sequence[str], command_id: str, now: str) -> HostileMessage:
    """Make a message; where nothing is wrong with it by chance, it is a command with this id, issued now."""
    car_id = chance.choice(car_ids)
    fields = {
        "commandId": json.dumps(command_id), "type": json.dumps(chance.choice(TYPES)),
        "carId": json.dumps(car_id), "issuedAt": json.dumps(now), "representation": representation_text(chance),
        "actor": '"hostile"', "correlationId": '"hostile"',
    }  # fmt: skip
    for name in chance.sample(tuple(FIELDS), chance.randint(0, 2)):
        fields[name] = chance.choice((*map(json.dumps, FIELDS[name]), *VALUES))
    body = object_text(chance, fields) if chance.often() else garbage(chance).decode(errors="replace")
    allowed = "".join(letter for letter in body if letter in "\t\n\r" or letter >= " ")[:LONGEST]
    return HostileMessage(car_id if chance.often() else f"group-{chance.randint(1, 9)}", allowed or "{")
