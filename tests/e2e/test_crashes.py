"""Functions killed at random moments, under load: nothing is lost, doubled or reordered, whatever died on the way."""

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.support.cars import ANOTHER_OWNER, OWNER, representation
from tests.support.pipeline import Pipeline, eventually
from tests.support.registry import Registry
from tests.support.workers import Killer, deaths, waiting
from tools.client import CarClient, StillPending
from tools.local import local_stack
from tools.paths import ROOT
from tools.subscriber import Received, Subscriber

SEED = 20_261_101
"""Chooses the commands, whom to kill and after which pauses. What a kill meets is up to the machine."""
CARS, COMMANDS, ROUNDS = 50, 20, 4
THREADS = 4
KILLED = {
    "CommandApi": (1.0, 0.01), "CommandHandler": (2.0, 0.2),
    "EventBroadcaster": (2.0, 0.05), "CarProjector": (2.0, 0.05),
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
LONG = 60.0
"""Seconds for what takes some cold starts, one after the other."""

Document = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """A request that changes a car; the first of a car's life has no id yet."""

    method: str
    body: Document | None
    headers: Mapping[str, str]


def life(number: int) -> list[Step]:
    """Choose the requests of a car's life: most succeed, some are refused, change nothing, or meet a deleted car.

    Many leave the mileage as it is: then no refusal would hide that a command takes effect again after a later one.
    """
    random = Random(f"{SEED}/{number}")  # noqa: S311 - no secret
    mileage, steps = 1000, [Step("POST", representation(mileage=1000), {})]
    while len(steps) < COMMANDS:
        mileage += random.choice((0, 0, random.randint(-10, 100)))
        changes: Document = {"color": random.choice(("red", "white", "blue", "black"))}
        body = representation(**changes, mileage=mileage, owner=str(random.choice((OWNER, ANOTHER_OWNER))))
        headers = {"If-Match": f'"{random.randint(1, 3 * len(steps))}"'} if random.random() < 0.1 else {}
        put, patch = Step("PUT", body, headers), Step("PATCH", changes, headers)
        again = Step(steps[-1].method, steps[-1].body, {}) if steps[1:] else put
        delete = Step("DELETE", None, {})
        weights = (40, 45, 12, 3 if len(steps) > COMMANDS // 2 else 0)
        steps += random.choices((put, patch, again, delete), weights)
    return steps


@dataclass
class Car:
    """A car's life as a client leads it, one request after the other; a request that fails is sent again."""

    client: CarClient
    steps: Sequence[Step]
    car_id: str = ""
    accepted: list[Document] = field(default_factory=list[Document])
    failures: int = 0

    def go_on(self) -> None:
        """Send a round's requests, without waiting for what becomes of them."""
        for step in self.steps[len(self.accepted) :][: COMMANDS // ROUNDS]:
            path = f"/cars/{self.car_id}" if self.car_id else "/cars"
            self.accepted.append(self._send(step, path))
            self.car_id = self.accepted[-1]["carId"]

    def settle(self) -> None:
        """Wait until the last request has come to something, and so each one before it."""
        with suppress(StillPending):  # a test tells of which car
            self.client.outcome(self.accepted[-1], LONG)

    def outcomes(self) -> list[Document]:
        return [self.client.request("GET", accepted["command"]).json() for accepted in self.accepted]

    def log(self) -> list[Document]:
        return list(events_after(self.client, self.car_id, 0))

    def _send(self, step: Step, path: str) -> Document:
        headers = {**step.headers, "Idempotency-Key": str(uuid4())}
        deadline = time.monotonic() + LONG
        while time.monotonic() < deadline:
            answer = self._try(step, path, headers)
            if answer.status_code == HTTPStatus.ACCEPTED:
                return dict(answer.json())
            assert "problem" not in answer.headers.get("content-type", ""), (SEED, path, answer.text)  # our own fault
            self.failures += 1
            time.sleep(0.05)
        raise AssertionError(f"seed {SEED}: no answer to {step.method} {path}")

    def _try(self, step: Step, path: str, headers: Mapping[str, str]) -> httpx.Response:
        try:
            return self.client.request(step.method, path, step.body, headers)
        except httpx.TransportError:
            return httpx.Response(HTTPStatus.BAD_GATEWAY)


def events_after(client: CarClient, car_id: str, version: int) -> Iterator[Document]:
    """Read a car's log from the API, page by page."""
    path: str | None = f"/cars/{car_id}/events?after={version}"
    while path:
        page = client.request("GET", path).json()
        yield from page.get("events", ())  # none of a car that there never was
        path = page.get("next")


@dataclass
class Reader:
    """A subscriber that follows the contract: takes n + 1, drops what is not newer, and reads a gap from the API."""

    client: CarClient
    taken: dict[str, list[Document]] = field(default_factory=lambda: defaultdict(list))
    gaps: list[str] = field(default_factory=list[str])

    def hear(self, received: Received) -> None:
        envelope = received.event
        taken, version = self.taken[envelope["subject"]], envelope["carversion"]
        if version <= len(taken):
            return
        if version > len(taken) + 1:
            self.gaps.append(f"{envelope['id']} after {len(taken)}")
            missing = events_after(self.client, envelope["subject"], len(taken))
            taken.extend(event for event in missing if event["version"] < version)
        taken.append(as_logged(envelope))

    @contextmanager
    def at_work(self, subscriber: Subscriber) -> Generator[None]:
        """Take events until the end of the `with` block."""
        stop = Event()
        thread = Thread(target=self._run, args=(subscriber, stop))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def _run(self, subscriber: Subscriber, stop: Event) -> None:
        while not stop.is_set():
            for received in subscriber.events(seconds=1):
                self.hear(received)


def as_logged(envelope: Document) -> Document:
    """Give an event of the topic as the API's log has it; who did it is in the log alone."""
    return {
        "version": envelope["carversion"],
        "type": envelope["type"],
        "schemaVersion": int(envelope["dataschema"].rpartition(":")[2]),
        "data": envelope["data"],
        "occurredAt": envelope["time"],
        "actor": "anonymous",
        "commandId": envelope["causationid"],
        "correlationId": envelope["correlationid"],
    }


def expected(steps: Sequence[Step]) -> tuple[list[Document], list[Document]]:
    """Lead the same life in memory, where nothing ever dies: what becomes of each request, and the car's log."""
    registry = Registry()
    accepted: list[Document] = []
    for step in steps:
        path = f"/cars/{accepted[0]['carId']}" if accepted else "/cars"
        accepted.append(registry.request_with(step.method, path, step.body, step.headers).body)
        registry.pause(1)
    outcomes = [registry.request("GET", command["command"]).body for command in accepted]
    log = registry.request_with("GET", f"/cars/{accepted[0]['carId']}/events", None, {}, query="limit=100")
    return outcomes, log.body["events"]


def essence(document: Document) -> Document:
    """Leave out what is another in each run: ids and times."""
    return {key: value for key, value in document.items() if not key.endswith(("Id", "At"))}


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
        """Give every car with its outcomes and its log, and a name to tell it by."""
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
    cars = [Car(client, life(number)) for number in range(CARS)]
    killers = [Killer(stack, name, SEED, pause, work) for name, (pause, work) in KILLED.items()]
    reader = Reader(client)
    pipeline.sqs.set_queue_attributes(QueueUrl=stack.commands_queue_url, Attributes={"VisibilityTimeout": VISIBILITY})
    with Subscriber(stack.aws, stack.events_topic_arn) as subscriber, reader.at_work(subscriber):
        with ThreadPoolExecutor(THREADS) as threads:
            for _ in range(ROUNDS):
                with killing(killers):
                    list(threads.map(Car.go_on, cars))
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
    statuses = {outcome["status"] for number in range(CARS) for outcome in expected(life(number))[0]}
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
    command = [sys.executable, "-m", "tools.cars", "verify", "--json", "--stack-file", str(aftermath.file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (SEED, done.stdout, done.stderr)
    found = json.loads(done.stdout)
    assert (found["cars"], found["events"]) == (CARS, sum(map(len, aftermath.logs))), SEED


def test_nothing_is_left_on_a_queue_or_was_set_aside(aftermath: Aftermath) -> None:
    stack = aftermath.pipeline.stack
    urls = (stack.commands_queue_url, stack.commands_dlq_url, stack.broadcast_dlq_url, stack.projector_dlq_url)
    assert {url: waiting(stack, url) for url in urls} == dict.fromkeys(urls, 0), SEED
