"""Functions killed at random moments, under load: nothing is lost, doubled or reordered, whatever died on the way."""

import json
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import pytest

from tests.support.crashing.car import Car
from tests.support.crashing.lives import Document, Step, essence, expected, life
from tests.support.crashing.reader import Reader
from tests.support.pipeline import Pipeline, eventually
from tests.support.workers import Killer, deaths, waiting
from tools.local.client import CarClient
from tools.local.stack import local_stack
from tools.paths import ROOT
from tools.subscriber import Subscriber

SEED = 20_261_101
"""Chooses the commands, whom to kill and after which pauses. What a kill meets is up to the machine."""
CARS, COMMANDS, ROUNDS = 50, 20, 4
THREADS = 4
KILLED = {
    "CommandApi": (1.0, 0.01), "CarCommandHandler": (2.0, 0.2),
    "CarEventBroadcaster": (2.0, 0.05), "CarProjector": (2.0, 0.05),
}  # fmt: skip
"""Every function that changes anything: the seconds for which it is left alone at most before it is killed again, and
that an invocation takes."""
KILLS = 2
"""Of each function, in each round. Not without end: on a slow machine, nothing would be done between two."""
FEWEST = 3
"""How many working processes of each function must have died; else the test has shown nothing."""
VISIBILITY = "2"
"""In seconds. The template's 180 are how long a killed handler's messages, and their cars, would wait for each kill.
Longer than the handler needs for a batch, a cold start included; where it is not, a message comes twice, as on AWS."""


def steps_of(number: int) -> list[Step]:
    """Choose the requests of a car's life."""
    return life(f"{SEED}/{number}", COMMANDS)


@contextmanager
def killing(killers: Sequence[Killer]) -> Generator[None]:
    """Have them all at work, but not beyond the end of the `with` block."""
    with ExitStack() as stack:
        for killer in killers:
            stack.enter_context(killer.at_work(KILLS))
        yield


@dataclass(frozen=True)
class Aftermath:
    """What there is when all has settled."""

    pipeline: Pipeline
    file: Path
    cars: Sequence[Car]
    outcomes: Sequence[Sequence[Document]]
    logs: Sequence[Sequence[Document]]
    reader: Reader
    killers: Sequence[Killer]

    def each(self) -> Iterator[tuple[str, Car, Sequence[Document], Sequence[Document]]]:
        """Return every car with its outcomes, its log and a distinct name."""
        for number, rest in enumerate(zip(self.cars, self.outcomes, self.logs, strict=True)):
            yield f"seed {SEED}, car {number}, {rest[0].car_id}", *rest

    def died(self) -> dict[str, int]:
        """Count the invocations of each function that died: a client's requests, and batches in the emulator's log."""
        stack, requests = self.pipeline.stack, sum(car.failures for car in self.cars)
        return {name: requests if name == "CommandApi" else deaths(stack, name) for name in KILLED}


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Generator[Aftermath]:
    """Drive a system of its own while its functions are killed; give what is left when all has settled."""
    file = tmp_path_factory.mktemp("crashing") / "stack.json"
    with local_stack(stack_file=file) as stack:
        client = CarClient(stack.api_url)
        yield drive(Pipeline(stack, client), file)
        client.http.close()


def drive(pipeline: Pipeline, file: Path) -> Aftermath:
    stack, client = pipeline.stack, pipeline.client
    cars = [Car(client, steps_of(number)) for number in range(CARS)]
    killers = [Killer(stack, name, SEED, pause, work) for name, (pause, work) in KILLED.items()]
    reader = Reader(client)
    queue = pipeline.cars.commands_queue_url
    pipeline.sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": VISIBILITY})
    with Subscriber(stack.aws, pipeline.cars.events_topic_arn) as subscriber, reader.at_work(subscriber):
        with ThreadPoolExecutor(THREADS) as threads:
            for _ in range(ROUNDS):
                with killing(killers):
                    list(threads.map(Car.go_on, cars, repeat(COMMANDS // ROUNDS)))
                    list(threads.map(Car.settle, cars))
            outcomes, logs = list(threads.map(Car.outcomes, cars)), list(threads.map(Car.log, cars))
        with suppress(AssertionError):  # a test of its own tells which car
            eventually(lambda: sum(map(len, reader.taken.values())) >= sum(map(len, logs)))
    return Aftermath(pipeline, file, cars, outcomes, logs, reader, killers)


def test_functions_died_at_work(aftermath: Aftermath) -> None:
    died, killed = aftermath.died(), {killer.function: killer.killed for killer in aftermath.killers}
    assert min(died.values()) >= FEWEST, (SEED, died, killed)


def test_every_command_came_to_what_it_would_have_come_to_if_nothing_had_died(aftermath: Aftermath) -> None:
    for name, car, outcomes, _ in aftermath.each():
        should, _ = expected(car.steps)
        assert list(map(essence, outcomes)) == list(map(essence, should)), name


def test_the_commands_were_of_every_kind() -> None:
    statuses = {outcome["status"] for number in range(CARS) for outcome in expected(steps_of(number))[0]}
    assert statuses == {"succeeded", "unchanged", "refused"}


def test_every_car_has_the_events_that_it_should_without_gaps(aftermath: Aftermath) -> None:
    for name, car, _, log in aftermath.each():
        _, should = expected(car.steps)
        assert [event["version"] for event in log] == list(range(1, len(log) + 1)), name
        assert list(map(essence, log)) == list(map(essence, should)), name


def test_a_subscriber_has_exactly_each_cars_log(aftermath: Aftermath) -> None:
    for name, car, _, log in aftermath.each():
        assert aftermath.reader.taken[car.car_id] == log, name
    assert aftermath.reader.taken.keys() == {car.car_id for car in aftermath.cars}, SEED


def test_what_was_broadcast_had_no_gaps(aftermath: Aftermath) -> None:
    """More than a subscriber needs: a broadcaster that died goes on with the event that it had not published."""
    assert aftermath.reader.gaps == [], SEED


def test_what_is_stored_is_sound(aftermath: Aftermath) -> None:
    command = [sys.executable, "-m", "tools.ops", "cars", "verify", "--json", "--stack-file", str(aftermath.file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (SEED, done.stdout, done.stderr)
    found = json.loads(done.stdout)
    assert (found["cars"], found["events"]) == (CARS, sum(map(len, aftermath.logs))), SEED


def test_nothing_is_left_on_a_queue_or_was_set_aside(aftermath: Aftermath) -> None:
    stack, part = aftermath.pipeline.stack, aftermath.pipeline.cars
    urls = (part.commands_queue_url, part.commands_dlq_url, part.broadcast_dlq_url, part.projector_dlq_url)
    assert {url: waiting(stack, url) for url in urls} == dict.fromkeys(urls, 0), SEED
