"""Replay and dead letters with the operator's command line, on the running system."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.pipeline import Pipeline, eventually
from tools.local.emulator import log_file
from tools.paths import ROOT
from tools.subscriber import Received, Subscriber

NOWHERE = "arn:aws:sns:us-east-1:000000000000:nowhere.fifo"


@pytest.fixture
def file(pipeline: Pipeline, tmp_path: Path) -> Path:
    stack = tmp_path / "stack.json"
    pipeline.stack.write(stack)
    return stack


@pytest.fixture
def queue(pipeline: Pipeline) -> Iterator[Subscriber]:
    """A subscriber that hears nothing of what is broadcast, only what is sent to its queue."""
    with Subscriber(pipeline.stack.aws, pipeline.cars.events_topic_arn, {"carId": ["nobody"]}) as subscriber:
        yield subscriber


def cars(file: Path, *arguments: str, code: int = 0) -> str:
    command = [sys.executable, "-m", "tools.ops", "cars", *arguments, "--stack-file", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout if code == 0 else done.stderr


def life(pipeline: Pipeline) -> str:
    car_id = pipeline.create()
    pipeline.put(car_id, color="red", mileage=15_000)
    pipeline.put(car_id, color="red", mileage=16_000)
    return car_id


def versions(heard: list[Received], car_id: str) -> list[int]:
    return [received.event["carversion"] for received in heard if received.event["subject"] == car_id]


def test_a_new_subscriber_gets_the_past_of_every_car(pipeline: Pipeline, queue: Subscriber, file: Path) -> None:
    car_ids = [life(pipeline) for _ in range(3)]
    said = json.loads(cars(file, "replay", "--to", queue.queue_url, "--segments", "4", "--rate", "5000", "--json"))
    heard = queue.take(said["events"], seconds=30)
    assert len(heard) == said["events"]
    assert {car_id: versions(heard, car_id) for car_id in car_ids} == {car_id: [1, 2, 3, 4] for car_id in car_ids}
    assert {received.attributes["replay"] for received in heard} == {said["replay"]}


def test_one_car_is_replayed_as_it_was_broadcast(pipeline: Pipeline, queue: Subscriber, file: Path) -> None:
    with Subscriber(pipeline.stack.aws, pipeline.cars.events_topic_arn) as subscriber:
        car_id = life(pipeline)
        broadcast = [r.event for r in subscriber.take(4, seconds=20)]
    cars(file, "replay", "--to", queue.queue_url, "--car", car_id)
    assert [received.event for received in queue.take(4, seconds=20)] == broadcast


def test_a_replay_to_the_topic_reaches_subscribers_again(pipeline: Pipeline, file: Path) -> None:
    car_id = life(pipeline)
    with Subscriber(pipeline.stack.aws, pipeline.cars.events_topic_arn, {"carId": [car_id]}) as subscriber:
        cars(file, "replay", "--topic", "--yes", "--car", car_id, "--type", "MileageChanged")
        heard = subscriber.take(2, seconds=20)
    assert versions(heard, car_id) == [3, 4]


def test_the_topic_is_asked_about_first(file: Path) -> None:
    assert "Aborted" in cars(file, "replay", "--topic", code=1)


def test_a_replay_that_is_interrupted_says_how_to_go_on_and_does(
    pipeline: Pipeline, queue: Subscriber, file: Path
) -> None:
    """At a pace of some events a second, so that Ctrl-C meets it at work."""
    car_ids = [life(pipeline) for _ in range(4)]
    command = [
        sys.executable, "-m", "tools.ops", "cars", "replay", "--to", queue.queue_url, "--rate", "5", "--segments", "4",
        "--stack-file", str(file),
    ]  # fmt: skip
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    heard = queue.take(1, seconds=20)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 1
    again = re.search(r"cars replay --resume (\S+)", said)
    assert again, said
    cars(file, "replay", "--resume", again[1], "--rate", "5000")
    for received in queue.events(seconds=30):
        heard.append(received)
        if {event.event["subject"] for event in heard if event.event["carversion"] == 4} >= set(car_ids):
            break
    assert {car_id: versions(heard, car_id) for car_id in car_ids} == {car_id: [1, 2, 3, 4] for car_id in car_ids}
    cars(file, "replay", "--resume", again[1], code=2)


def test_an_outage_of_the_topic_loses_nothing_and_reorders_nothing(pipeline: Pipeline, subscriber: Subscriber) -> None:
    with pipeline.variable("CarEventBroadcaster", "EVENTS_TOPIC_ARN", NOWHERE):
        car_id = life(pipeline)
        tries = failed_tries(pipeline)
        eventually(lambda: failed_tries(pipeline) >= tries + 3)
    pipeline.put(car_id, color="white", mileage=17_000)
    heard = subscriber.take(6, seconds=60)
    assert versions(heard, car_id) == [1, 2, 3, 4, 5, 6]


def failed_tries(pipeline: Pipeline) -> int:
    """Count the tries that the broadcaster failed, in the emulator's log."""
    function = pipeline.stack.functions["CarEventBroadcaster"]
    return log_file(pipeline.stack.port).read_text().count(f"Lambda {function} failed processing")


def test_what_was_given_up_is_set_aside_and_redriven_in_order(
    pipeline: Pipeline, subscriber: Subscriber, file: Path
) -> None:
    cars(file, "dlq", "drop", "broadcast", "--all", "--yes")  # what other tests left
    with (
        pipeline.variable("CarEventBroadcaster", "EVENTS_TOPIC_ARN", NOWHERE),
        pipeline.variable("CarEventBroadcaster", "PATIENCE_SECONDS", "0"),
    ):
        car_id = life(pipeline)
        eventually(lambda: json.loads(cars(file, "dlq", "list", "--json"))["broadcast"] == 3)
    shown: list[Any] = json.loads(cars(file, "dlq", "show", "broadcast", "--json"))
    bodies = [json.loads(letter["body"]) for letter in shown]
    assert sorted(body["version"] for body in bodies) == [1, 2, 4]
    assert {body["carId"] for body in bodies} == {car_id}
    assert all(letter["reason"].startswith("NotFoundException after 0:00:00: ") for letter in shown)
    assert cars(file, "dlq", "redrive", "broadcast", "--dry-run") == "3 would be redriven, 0 left.\n"
    assert cars(file, "dlq", "redrive", "broadcast") == "3 redriven, 0 left.\n"
    assert versions(subscriber.take(4, seconds=20), car_id) == [1, 2, 3, 4]
    assert json.loads(cars(file, "dlq", "list", "--json"))["broadcast"] == 0


def test_a_poison_message_is_shown_with_its_reason_and_dropped(pipeline: Pipeline, file: Path) -> None:
    cars(file, "dlq", "drop", "commands", "--all", "--yes")  # what other tests left
    car_id = pipeline.create()
    pipeline.send(car_id, "poison")
    eventually(lambda: json.loads(cars(file, "dlq", "list", "--json"))["commands"] == 1)
    assert "no JSON" in cars(file, "dlq", "show", "commands")
    assert "done again, and came back: " in cars(file, "dlq", "redrive", "commands", code=1)
    (dropped,) = cars(file, "dlq", "drop", "commands", "--all", "--yes").splitlines()
    assert json.loads(dropped)["body"] == "poison"
    assert json.loads(cars(file, "dlq", "list", "--json"))["commands"] == 0
