"""20,000 requests and messages that nobody should send: no 5xx, no stuck car, no memory that grows with them.

Most of them go to the functions' own handlers, loaded into this process over AWS in memory (moto); a sample goes over
HTTP and the real queue to the functions as they are deployed.
"""

import gc
import os
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from secrets import randbits

import pytest
from moto import mock_aws

from tests.support.aws import ENVIRONMENT, make_clients
from tests.support.cars import other_color
from tests.support.hostile.chance import Chance
from tests.support.hostile.messages import HostileMessage, hostile_message
from tests.support.hostile.requests import HostileRequest, hostile_request
from tests.support.in_process import InProcess
from tests.support.pipeline import Pipeline, eventually
from tests.support.workers import pids, resident, waiting
from tools.local.client import CarClient
from tools.local.stack import local_stack
from tools.stack import FUNCTIONS
from trigger_pattern.application.clock import utc_now, write_time
from trigger_pattern.application.ids import new_id

SEED = 20_261_101
HERE, DEPLOYED = 18_000, 2_000
"""How many are sent to the handlers in this process, and to the deployed functions."""
FIRST = 1_000
"""After so many, everything has been imported, and every cache has been filled."""
MESSAGES = 0.15
"""The part of them that are messages on the queue, past the API."""
CARS = 10
MEGABYTE = 1024 * 1024
MOST_HERE, MOST_DEPLOYED = 64 * MEGABYTE, 16 * MEGABYTE
"""By how much a process may grow after the first. Here, moto takes some 40 MB for what was stored; all the bodies are
80 MB, which would be too much on top of that."""


def inputs(car_ids: Sequence[str], number: int) -> Iterator[HostileRequest | HostileMessage]:
    """Make so many, for these cars."""
    chance = Chance(SEED)
    for _ in range(number):
        if chance.random() < MESSAGES:
            yield hostile_message(chance, car_ids, new_id(utc_now(), randbits), write_time(utc_now()))
        else:
            yield hostile_request(chance, car_ids)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Generator[InProcess]:
    for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("POWERTOOLS_LOG_LEVEL", "CRITICAL")  # pytest keeps what is logged
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        yield InProcess.over(make_clients())


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Generator[Pipeline]:
    with local_stack(stack_file=tmp_path_factory.mktemp("hostile") / "stack.json") as stack:
        client = CarClient(stack.api_url)
        yield Pipeline(stack, client)
        client.http.close()


def test_the_handlers_take_what_nobody_should_send(here: InProcess) -> None:
    car_ids = [here.create() for _ in range(CARS)]
    before = 0
    for number, sent in enumerate(inputs(car_ids, HERE)):
        if isinstance(sent, HostileMessage):
            here.handle([sent])
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

    def send(self, sent: HostileRequest | HostileMessage) -> None:
        if isinstance(sent, HostileMessage):
            self.pipeline.send(sent.group, sent.body)
            return
        headers = [(name.encode(), value.strip().encode("latin-1")) for name, value in sent.headers.items()]
        client, url = self.pipeline.client.http, self.pipeline.client.api_url + sent.target
        answer = client.request(sent.method, url, headers=headers, content=sent.body)
        assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, (SEED, sent, answer.text)

    def memory(self) -> dict[int, int]:
        """Return the memory of each process of the functions."""
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
        eventually(lambda: waiting(stack, stack.of("car").commands_queue_url) == 0)
    assert waiting(stack, stack.of("car").commands_queue_url) == 0, SEED
    after = attack.memory()
    assert {pid: after[pid] - before[pid] for pid in before if after[pid] - before[pid] >= MOST_DEPLOYED} == {}, SEED
    messages = sum(isinstance(sent, HostileMessage) for sent in all_of_them)
    assert 0 < waiting(stack, stack.of("car").commands_dlq_url) <= messages, SEED
    for car_id in car_ids:
        color = other_color(deployed.car(car_id))
        accepted = deployed.client.accepted("PATCH", f"/cars/{car_id}", {"color": color})
        assert deployed.client.outcome(accepted)["status"] == "succeeded", (SEED, car_id)
