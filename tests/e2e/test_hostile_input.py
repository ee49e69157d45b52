"""20,000 requests and messages that nobody should send: no 5xx, no stuck car, no memory that grows with them.

Most of them go to the functions' own handlers, loaded into this process over AWS in memory (moto); a sample goes over
HTTP and the real queue to the functions as they are deployed.
"""

import gc
import json
import os
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count
from secrets import randbits
from typing import Any
from uuid import UUID

import pytest
from moto import mock_aws

from cars.adapters.clock import utc_now, write_time
from cars.application.ids import uuid7
from tests.support.aws import ENVIRONMENT, Aws, make_clients, sqs_event
from tests.support.cars import representation
from tests.support.functions import Functions, load_functions
from tests.support.hostile import Hostile, HostileMessage, HostileRequest
from tests.support.http import request
from tests.support.messages import sqs_record
from tests.support.pipeline import Pipeline, eventually
from tests.support.workers import pids, resident, waiting
from tools.client import CarClient
from tools.local import local_stack
from tools.stack import FUNCTIONS

SEED = 20_261_101
HERE, DEPLOYED = 18_000, 2_000
"""How many are sent to the handlers in this process, and to the deployed functions."""
FIRST = 1_000
"""After so many, everything has been imported, and every cache has been filled."""
MESSAGES = 0.15
"""The part of them that are messages on the queue, past the API."""
CARS = 10
COLORS = ("red", "white")
MEGABYTE = 1024 * 1024
MOST_HERE, MOST_DEPLOYED = 64 * MEGABYTE, 16 * MEGABYTE
"""By how much a process may grow after the first. Here, moto takes some 40 MB for what was stored; all the bodies are
80 MB, which would be too much on top of that."""

Input = HostileRequest | HostileMessage


def inputs(car_ids: Sequence[str], number: int) -> Iterator[Input]:
    """Make so many, for these cars."""
    hostile = Hostile(SEED, car_ids)
    for _ in range(number):
        if hostile.random.random() < MESSAGES:
            yield hostile.message(new_id, write_time(utc_now()))
        else:
            yield hostile.request()


def new_id() -> UUID:
    return uuid7(utc_now(), randbits)


@dataclass(frozen=True)
class Here:
    """The functions' handlers in this process."""

    aws: Aws
    resources: dict[str, str]
    functions: Functions
    numbers: Iterator[int]

    @classmethod
    def on(cls, aws: Aws) -> "Here":
        queues = {name: aws.create_queue(name) for name in ("CommandsQueue", "CommandsDlq")}
        tables = ("EventsTable", "CommandOutcomesTable", "CarsViewTable", "TicketsTable")
        resources = queues | {name: aws.create_table(name) for name in tables}
        functions = load_functions(resources, "CommandApi", "QueryApi", "CommandHandler")
        return cls(aws, resources, functions, count(1))

    def send(self, sent: HostileRequest) -> dict[str, Any]:
        """Send a request to the function that its route has; give what it answers to API Gateway."""
        event = request(sent.method, sent.path, body=as_text(sent.body), headers=sent.headers, query=sent.query)
        event["headers"] = dict(sent.headers)  # no content type where it has none
        writes = event["routeKey"].partition(" ")[0] in ("POST", "PUT", "PATCH", "DELETE")
        return dict(self.functions.invoke("CommandApi" if writes else "QueryApi", event))

    def put_on_queue(self, message: HostileMessage) -> None:
        self.handle([message])

    def settle(self) -> None:
        """Handle what the API has put on the queue, and forget what was set aside."""
        received = self.aws.receive(self.resources["CommandsQueue"])
        self.handle([HostileMessage(sent["Attributes"]["MessageGroupId"], sent["Body"]) for sent in received])
        self.aws.receive(self.resources["CommandsDlq"])

    def handle(self, messages: Sequence[HostileMessage]) -> None:
        """Deliver messages, none of which may have to be delivered again."""
        for sent in messages:
            record = sqs_record(sent.body, next(self.numbers), sent.group)
            record["attributes"]["SentTimestamp"] = str(int(utc_now().timestamp() * 1000))
            failures = self.functions.invoke("CommandHandler", sqs_event(record))["batchItemFailures"]
            assert not failures, (SEED, sent)

    def ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """Send a request that is right; give the body of its answer."""
        content = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        answer = self.send(HostileRequest(method, path, "", headers, content))
        assert answer["statusCode"] < 300, (SEED, method, path, answer)
        return dict(json.loads(answer["body"]))

    def create(self) -> str:
        accepted = self.ask("POST", "/cars", representation())
        self.settle()
        return str(accepted["carId"])

    def paints(self, car_id: str) -> bool:
        """Give a car another color; say whether that succeeded."""
        path = f"/cars/{car_id}"
        accepted = self.ask("PATCH", path, {"color": other_color(self.ask("GET", path))})
        self.settle()
        return bool(self.ask("GET", accepted["command"])["status"] == "succeeded")


def as_text(body: bytes | None) -> str | bytes | None:
    """Give a body as API Gateway does: as text, or else, as bytes here, in base64; either may come for any body."""
    try:
        return body if body is None or len(body) % 2 else body.decode()
    except UnicodeDecodeError:
        return body


def other_color(car: dict[str, Any]) -> str:
    return next(color for color in COLORS if color != car["color"])


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Generator[Here]:
    for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("POWERTOOLS_LOG_LEVEL", "CRITICAL")  # pytest keeps what is logged
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        yield Here.on(make_clients())


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Generator[Pipeline]:
    with local_stack(stack_file=tmp_path_factory.mktemp("hostile") / "stack.json") as stack:
        client = CarClient(stack.api_url)
        yield Pipeline(stack, client)
        client.http.close()


def test_the_handlers_take_what_nobody_should_send(here: Here) -> None:
    car_ids = [here.create() for _ in range(CARS)]
    before = 0
    for number, sent in enumerate(inputs(car_ids, HERE)):
        if isinstance(sent, HostileMessage):
            here.put_on_queue(sent)
        else:
            answer = here.send(sent)
            assert answer["statusCode"] < HTTPStatus.INTERNAL_SERVER_ERROR, (SEED, number, sent, answer)
        if number % 100 == 0:
            here.settle()
        if number == FIRST:
            gc.collect()
            before = resident(os.getpid())
    here.settle()
    gc.collect()
    assert resident(os.getpid()) - before < MOST_HERE, SEED
    assert [car_id for car_id in car_ids if not here.paints(car_id)] == [], SEED


@dataclass(frozen=True)
class Attack:
    """Sends to the deployed functions."""

    pipeline: Pipeline

    def send(self, sent: Input) -> None:
        if isinstance(sent, HostileMessage):
            self.pipeline.send(sent.group, sent.body)
            return
        headers = [(name.encode(), value.strip().encode("latin-1")) for name, value in sent.headers.items()]
        client, url = self.pipeline.client.http, self.pipeline.client.api_url + sent.target
        answer = client.request(sent.method, url, headers=headers, content=sent.body)
        assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, (SEED, sent, answer.text)

    def memory(self) -> dict[int, int]:
        """Give what each process of the functions holds."""
        stack = self.pipeline.stack
        return {pid: resident(pid) for function in FUNCTIONS for pid in pids(stack, function)}


def test_the_deployed_functions_take_what_nobody_should_send(deployed: Pipeline) -> None:
    car_ids = [deployed.create() for _ in range(CARS)]
    attack, stack = Attack(deployed), deployed.stack
    all_of_them = list(inputs(car_ids, DEPLOYED))
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(attack.send, all_of_them[:FIRST]))
        before = attack.memory()
        list(threads.map(attack.send, all_of_them[FIRST:]))
    with suppress(AssertionError):  # told below, with the seed
        eventually(lambda: waiting(stack, stack.commands_queue_url) == 0)
    assert waiting(stack, stack.commands_queue_url) == 0, SEED
    after = attack.memory()
    assert {pid: after[pid] - before[pid] for pid in before if after[pid] - before[pid] >= MOST_DEPLOYED} == {}, SEED
    messages = sum(isinstance(sent, HostileMessage) for sent in all_of_them)
    assert 0 < waiting(stack, stack.commands_dlq_url) <= messages, SEED
    for car_id in car_ids:
        color = other_color(deployed.car(car_id))
        accepted = deployed.client.request("PATCH", f"/cars/{car_id}", {"color": color}).raise_for_status().json()
        assert deployed.client.outcome(accepted)["status"] == "succeeded", (SEED, car_id)
