"""Answers where something of AWS is full or gone; after this chapter the system is of no use."""

import json
from datetime import timedelta
from typing import Any

from tests.golden.dead_letters import LAST_RECEIVES
from tests.golden.lives import CAR
from tests.golden.system import System

FULL = 80_000
PATIENCE = timedelta(hours=22)
KEY = {"Idempotency-Key": "failing"}


def tell(system: System, car_id: str) -> None:
    """Fill the queue, spoil the car's commits, then take away what the functions need, one after the other."""
    system.surroundings.crowd = FULL
    system.ask("a POST while too many wait", "POST /cars", CAR)
    system.surroundings.crowd = 0
    _of_newer_code(system, car_id)
    _corrupt(system, car_id)
    _overdue(system)
    _without(system, car_id)


def _of_newer_code(system: System, car_id: str) -> None:
    """Put a commit of newer code in the table: no command of its car can be handled."""
    (known,) = system.recording.areas["commits"]["a PUT of another color"]
    (event,) = known["events"]["L"]
    newer = {"M": {**event["M"], "type": {"S": "Repainted"}}}
    _put(system, {**known, "version": {"N": "11"}, "events": {"L": [newer]}})
    system.ask("a GET of a car of newer code", f"GET /cars/{car_id}")
    system.ask("the events of a car of newer code", f"GET /cars/{car_id}/events?after=10")
    step, line = "a PUT of a car of newer code", f"PUT /cars/{car_id}"
    system.write(step, line, CAR, KEY)
    _give_up(system, step)
    system.write(f"a retry of {step} that waits", line, CAR, {**KEY, "Prefer": "wait=5"})


def _corrupt(system: System, car_id: str) -> None:
    """Put an item that is no commit in the table."""
    _put(system, {"carId": {"S": car_id}, "version": {"N": "1000"}})
    system.ask("a GET of a car that cannot be read", f"GET /cars/{car_id}")
    system.retry("a retry of a car that cannot be read", json.dumps({"carId": car_id, "version": 11, "reason": ""}))
    system.write("a DELETE of a car that cannot be read", f"DELETE /cars/{car_id}")
    _give_up(system, "a DELETE of a car that cannot be read")


def _overdue(system: System) -> None:
    """Let publishing fail for longer than the broadcaster is patient."""
    (commit,) = system.recording.areas["commits"]["a POST that waits"]
    system.surroundings.topic_fails = True
    system.surroundings.now += PATIENCE
    system.stream("an event that the topic did not take for too long", commit)


def _without(system: System, car_id: str) -> None:
    system.ask("a POST that nobody handles in time", "POST /cars", CAR, {"Prefer": "wait=5"})
    system.aws.sqs.delete_queue(QueueUrl=system.resources["CarCommandsQueue"])
    system.ask("a POST without a queue", "POST /cars", CAR)
    system.aws.dynamodb.delete_table(TableName=system.resources["CarTicketsTable"])
    system.ask("a POST without tickets", "POST /cars", CAR, KEY)
    system.aws.dynamodb.delete_table(TableName=system.resources["CarEventsTable"])
    system.ask("a GET without events", f"GET /cars/{car_id}")


def _put(system: System, item: dict[str, Any]) -> None:
    system.aws.dynamodb.put_item(TableName=system.resources["CarEventsTable"], Item=item)


def _give_up(system: System, step: str) -> None:
    """Deliver a step's message for the last time."""
    (message,) = system.recording.areas["messages"][step]
    record = system.record(message["body"], message["group"], message["deduplicationId"], receives=LAST_RECEIVES)
    system.deliver(f"{step}, given up", record)
