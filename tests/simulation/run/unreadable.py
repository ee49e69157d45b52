"""Puts items that no code wrote into the events table, each as the only item of its aggregate."""

from collections.abc import Mapping
from typing import Any

from tests.simulation.run.chance import one_of
from tests.simulation.subject.subject import Fields
from tests.simulation.world.aws import World
from trigger_pattern.application.clock import write_time
from trigger_pattern.application.ids import new_id


def put_unreadable(world: World, commits: Mapping[str, Fields]) -> tuple[str, str]:
    """Put one of these commits into the events table; return its aggregate id and its fault."""
    kind = one_of(world.dice, "kind of unreadable commit", list(commits))
    now, table = world.clock.datetime(), world.own("EventsTable")
    its_id = str(new_id(now, lambda count: world.dice.bits("id of an unreadable car", count)))
    key: dict[str, Any] = {world.resource.id: {"S": its_id}, "version": {"N": "1"}}
    whole = _envelope(write_time(now)) if commits[kind] else {}
    world.tables[table].put_item({"TableName": table, "Item": {**key, **whole, **commits[kind]}})
    return its_id, kind


def _envelope(at: str) -> dict[str, Any]:
    texts = {"commandId": "by hand", "queue": "none", "sequence": "1", "actor": "somebody", "correlationId": "by hand"}
    return {
        "state": {"M": {}},
        "foldVersion": {"N": "1"},
        **{name: {"S": text} for name, text in {**texts, "issuedAt": at, "occurredAt": at}.items()},
    }
