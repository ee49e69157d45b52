"""The functions as they are put together in `functions/*/app.py`, over AWS in memory."""

import json
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

import boto3
import pytest

from cars.adapters.http.writes import RESERVE_SECONDS
from tests.contract.deployed import create_resources
from tests.support.aws import Aws
from tests.support.cars import representation
from tests.support.functions import load_functions
from tests.support.http import request

FUNCTIONS = ("CommandApi", "QueryApi", "CommandHandler", "EventBroadcaster", "CarProjector")
RANDOM_BITS = 0xFFF << 64 | (1 << 62) - 1
"""The 74 bits of a UUID of version 7 that are neither its time nor its version and variant (RFC 9562, section 5.7)."""


@pytest.fixture
def resources(aws: Aws) -> dict[str, str]:
    names = {"CommandsQueue": aws.create_queue("CommandsQueue"), "TicketsTable": aws.create_table("TicketsTable")}
    return {**create_resources(aws), **names}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """The clients that functions make, as the service and the configuration of each."""
    made: list[tuple[str, Any]] = []
    make: Any = boto3.client

    def client(service: str, **options: Any) -> Any:
        client = make(service, **options)
        made.append((service, client.meta.config))
        return client

    monkeypatch.setattr(boto3, "client", client)
    return made


def _seconds(config: Any) -> float:
    """Return the most that all attempts of a call take, without the pauses between them."""
    return float(config.retries["total_max_attempts"] * (config.connect_timeout + config.read_timeout))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_call_of_aws_hangs_for_longer_than_some_ten_seconds(
    function: str, resources: dict[str, str], made: list[tuple[str, Any]]
) -> None:
    """Three attempts of 3 s each, and their pauses of at most 1 and 2 s."""
    load_functions(resources, function)
    assert made
    for service, config in made:
        assert config.retries["mode"] == "standard", service
        assert config.retries["total_max_attempts"] <= 3, service
        assert _seconds(config) <= 9, service


def test_a_call_for_who_waits_is_short_enough_for_two_in_the_reserve(
    resources: dict[str, str], made: list[tuple[str, Any]]
) -> None:
    load_functions(resources, "CommandApi")
    of_waits = min((config for service, config in made if service == "dynamodb"), key=_seconds)
    assert 2 * _seconds(of_waits) < RESERVE_SECONDS


def test_an_id_has_74_random_bits(resources: dict[str, str]) -> None:
    """Each of them differs between some of 64 ids, but for one try in 10 ** 17."""
    api = load_functions(resources, "CommandApi")
    answers = [api.invoke("CommandApi", request("POST", "/cars", body=representation())) for _ in range(64)]
    bodies = [json.loads(answer["body"]) for answer in answers]
    for name in ("carId", "commandId"):
        first, *others = (UUID(body[name]).int for body in bodies)
        assert reduce(or_, (first ^ other for other in others)) & RANDOM_BITS == RANDOM_BITS, name
