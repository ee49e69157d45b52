"""Messages that are no commands, commands that are given up, and items that are no commits."""

import json
from typing import Any

from tests.golden.lives import CAR, content_of
from tests.golden.system import System

COMMAND_ID = "01a196fb-1600-7708-b4e8-00000000000{}"
OTHER_QUEUE = "arn:aws:sqs:eu-central-1:123456789012:cars-before-CommandsQueue.fifo"
LAST_RECEIVES = 990


def tell(system: System, car_id: str) -> None:
    """Cause each kind of fault once."""
    sound = json.loads(system.recording.areas["messages"]["a PUT of another color"][0]["body"])
    _no_commands(system, car_id, sound)
    _given_up(system, car_id, sound)
    _of_another_queue(system)
    _no_commits(system)


def _no_commands(system: System, car_id: str, sound: dict[str, Any]) -> None:
    without = {name: value for name, value in sound.items() if name != "representation"}
    twice = json.dumps(sound).replace('"actor":', '"actor": "", "actor":')
    bodies = {
        "a message that is no JSON": "{",
        "a message that is no object": "[]",
        "a message with two members of one name": twice,
        "a message without what a command has": json.dumps({"carId": car_id, "representation": []}),
        "a message of wrong types": json.dumps({**sound, "keyed": "no", "expectedVersion": -1, "actor": "a" * 193}),
        "a message without a representation": json.dumps({**without, "commandId": COMMAND_ID.format(3)}),
    }
    for step, body in bodies.items():
        system.deliver(step, system.record(body, car_id, "1"))
    ours = json.dumps({**sound, "commandId": COMMAND_ID.format(4)})
    system.deliver("a message in another car's group", system.record(ours, "another-group", "2"))


def _given_up(system: System, car_id: str, sound: dict[str, Any]) -> None:
    newer = {**sound, "type": "RenameCar", "commandId": COMMAND_ID.format(5), "issuedAt": "2026-11-01T13:00:00.000Z"}
    body = json.dumps(newer)
    system.deliver("a command of newer code", system.record(body, car_id, newer["commandId"]))
    waiting = system.record(body, car_id, newer["commandId"], receives=7, age=61)
    system.deliver("a command that keeps failing", waiting)
    last = system.record(body, car_id, newer["commandId"], receives=LAST_RECEIVES, age=3600)
    system.deliver("a command that is given up", last)
    path = f"/cars/{car_id}/commands/{newer['commandId']}"
    system.ask("the outcome of a command that is given up", f"GET {path}")
    untraced = {**sound, "commandId": COMMAND_ID.format(6)}
    record = system.record(json.dumps(untraced), car_id, untraced["commandId"], age=3600)
    printed = system.deliver("a command that left no trace", record)
    system.recording.keep("names", "the metric of a command that left no trace", metric_in(printed))


def metric_in(printed: str) -> dict[str, Any]:
    """Return the metric that a function printed, without its time."""
    parsed = [json.loads(line) for line in printed.splitlines() if line.startswith('{"_aws"')]
    (metric,) = parsed
    del metric["_aws"]["Timestamp"]
    return dict(metric)


def _of_another_queue(system: System) -> None:
    car = content_of(system.write("a POST before the queue is another", "POST /cars", CAR))
    accepted = system.recording.areas["messages"]["a POST before the queue is another"][0]
    change = {**json.loads(accepted["body"]), "type": "PatchCar", "representation": {"color": "red"}}
    change["commandId"] = COMMAND_ID.format(7)
    record = system.record(json.dumps(change), car["carId"], change["commandId"])
    system.deliver("a command of another queue", {**record, "eventSourceARN": OTHER_QUEUE})


def _no_commits(system: System) -> None:
    (sound,) = system.recording.areas["commits"]["a PUT of another color"]
    (first,) = system.recording.areas["commits"]["a POST by somebody of IAM"]
    red: dict[str, Any] = {"type": {"S": "ColorChanged"}, "schemaVersion": {"N": "1"}, "data": {"M": {}}}
    hue: dict[str, Any] = {**red, "data": {"M": {"hue": {"S": "1"}}}}
    state = first["state"]["M"]
    items: dict[str, dict[str, Any]] = {
        "an item without what a commit has": {name: sound[name] for name in ("carId", "version")},
        "an item whose events are a set": {**sound, "events": {"SS": ["a"]}},
        "an item of wrong types": {**sound, "actor": {"N": "1"}, "occurredAt": {"S": "today"}, "events": {"L": []}},
        "a corrupt event": {**sound, "events": _events({**red, "data": {"M": {"color": {"S": "pink"}}}})},
        "an event without its field": {**sound, "events": _events(red)},
        "a corrupt creation": {**first, "events": _events({**red, "type": {"S": "Created"}})},
        "a state without a make": {**first, "state": {"M": {**state, "make": {"N": "1"}}}, "events": _events(red)},
        "a history that cannot have been": {**sound, "events": first["events"], "foldVersion": {"N": "0"}},
        "a corrupt state": {**first, "state": {"M": {**state, "color": {"S": "pink"}}}},
        "an event of newer code": {**sound, "events": _events({**red, "type": {"S": "Repainted"}})},
        "an event of a newer schema": {**sound, "events": _events({**red, "schemaVersion": {"N": "2"}})},
        "an event with a field of newer code": {
            **sound,
            "events": _events(hue),
        },
    }
    for step, item in items.items():
        system.stream(step, item)


def _events(*events: dict[str, Any]) -> dict[str, Any]:
    return {"L": [{"M": event} for event in events]}
