"""The functions as they are put together in `functions/*/app.py`, over AWS in memory."""

import json
from contextlib import ExitStack
from functools import reduce
from typing import Any
from uuid import UUID

import boto3
import pytest

from cars.adapters.http.writes import RESERVE_SECONDS
from tests.contract.deployed import create_resources
from tests.support.aws import Aws, requests_to
from tests.support.cars import CAR_ID, representation
from tests.support.functions import load_functions
from tests.support.http import request
from tests.support.lambda_context import FakeContext

FUNCTIONS = ("CommandApi", "QueryApi", "CommandHandler", "EventBroadcaster", "CarProjector")
RANDOM_BITS = 0xFFF << 64 | (1 << 62) - 1
"""The 74 bits of a UUID of version 7 that are neither its time nor its version and variant (RFC 9562, section 5.7)."""


@pytest.fixture
def resources(aws: Aws) -> dict[str, str]:
    names = {"CommandsQueue": aws.create_queue("CommandsQueue"), "TicketsTable": aws.create_table("TicketsTable")}
    return {**create_resources(aws), **names}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The clients that functions make while they are loaded."""
    made: list[Any] = []
    make: Any = vars(boto3)["client"]

    def client(service: str, **options: Any) -> Any:
        made.append(make(service, **options))
        return made[-1]

    monkeypatch.setattr(boto3, "client", client)
    return made


def _seconds(client: Any) -> float:
    """Return the most that all attempts of a call take, without the pauses between them."""
    config = client.meta.config
    return float(config.retries["total_max_attempts"] * (config.connect_timeout + config.read_timeout))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_call_of_aws_hangs_for_longer_than_some_ten_seconds(
    function: str, resources: dict[str, str], made: list[Any]
) -> None:
    """Three attempts of 3 s each, and their pauses of at most 1 and 2 s."""
    load_functions(resources, function)
    assert made
    for client in made:
        retries = client.meta.config.retries
        assert retries["mode"] == "standard"
        assert retries["total_max_attempts"] <= 3
        assert _seconds(client) <= 9


def test_two_reads_for_who_waits_fit_into_the_reserve(resources: dict[str, str], made: list[Any]) -> None:
    api = load_functions(resources, "CommandApi").handlers["CommandApi"]
    no_time = FakeContext(remaining=int(RESERVE_SECONDS * 1000))
    event = request("DELETE", f"/cars/{CAR_ID}", headers={"prefer": "wait=1"})
    with ExitStack() as stack:
        requests = [(client, stack.enter_context(requests_to(client))) for client in made]
        assert api(event, no_time)["statusCode"] == 202
    reads = [_seconds(client) for client, names in requests for name in names if name in ("Query", "GetItem")]
    assert reads
    assert 2 * max(reads) < RESERVE_SECONDS


def test_an_id_has_74_random_bits(resources: dict[str, str]) -> None:
    """Each of them differs between some of 64 ids, but for one try in 10 ** 17."""
    api = load_functions(resources, "CommandApi")
    answers = [api.invoke("CommandApi", request("POST", "/cars", body=representation())) for _ in range(64)]
    bodies = [json.loads(answer["body"]) for answer in answers]
    for name in ("carId", "commandId"):
        first, *others = (UUID(body[name]).int for body in bodies)
        differing = reduce(int.__or__, (first ^ other for other in others))
        assert differing & RANDOM_BITS == RANDOM_BITS, name
