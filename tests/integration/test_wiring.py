"""The functions as they are put together in `functions/*/app.py`, over AWS in memory."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import reduce
from typing import Any
from uuid import UUID

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from resources.cars import CARS
from tests.support.aws import Aws, requests_to, sqs_event, stream_record
from tests.support.cars import CAR_ID, car_created, representation
from tests.support.commits import commits_of
from tests.support.deployed import FUNCTIONS
from tests.support.functions import LITERALS, load_functions
from tests.support.http import request
from tests.support.lambda_context import FakeContext
from tests.support.logs import log_of_functions
from tests.support.messages import message
from tools.project import PROJECT
from trigger_pattern.application.clock import utc_now
from trigger_pattern.application.publishing import PublishingFailed
from trigger_pattern.aws import clients
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.http.writes import RESERVE_SECONDS

STREAM_DLQS = {"CarEventBroadcaster": "CarBroadcastDlq", "CarProjector": "CarProjectorDlq"}
PATIENCE = timedelta(hours=22)
RANDOM_BITS = 0xFFF << 64 | (1 << 62) - 1
"""The 74 bits of a UUID of version 7 that are neither its time nor its version and variant (RFC 9562, section 5.7)."""


@pytest.fixture
def resources(aws: Aws) -> dict[str, str]:
    return aws.create_stack()


def at_once(make: Callable[[], Any]) -> Any:
    return make()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """All clients of functions that are loaded, also those that would be made on their first use."""
    made: list[Any] = []
    make = clients.make_client

    def client(service: str, config: Config) -> Any:
        made.append(make(service, config))
        return made[-1]

    monkeypatch.setattr(clients, "make_client", client)
    monkeypatch.setattr(clients, "_OnFirstUse", at_once)
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


def test_events_reach_a_fifo_topic_in_the_group_of_their_car(aws: Aws, resources: dict[str, str]) -> None:
    subscriber = aws.subscribe_queue(resources["CarEventsTopic"], "subscriber")
    load_functions(resources, "CarEventBroadcaster").invoke("CarEventBroadcaster", {"Records": [_record(timedelta())]})
    (received,) = aws.receive(subscriber)
    assert received["Attributes"]["MessageGroupId"] == CAR_ID


@pytest.mark.parametrize(("function", "queue"), STREAM_DLQS.items())
def test_a_reader_of_the_stream_is_patient_for_22_hours(
    aws: Aws, resources: dict[str, str], function: str, queue: str
) -> None:
    functions = load_functions(resources, function)
    aws.sns.delete_topic(TopicArn=resources["CarEventsTopic"])
    aws.dynamodb.delete_table(TableName=resources["CarViewTable"])
    with pytest.raises((ClientError, PublishingFailed)):
        functions.invoke(function, {"Records": [_record(PATIENCE - timedelta(minutes=1))]})
    assert aws.receive(resources[queue]) == []
    functions.invoke(function, {"Records": [_record(PATIENCE)]})
    assert [rejected["carId"] for rejected in aws.receive_bodies(resources[queue])] == [CAR_ID]


def _record(age: timedelta) -> dict[str, Any]:
    """Build a record of a car's creation, as old as that."""
    (commit,) = commits_of([car_created()])
    record = stream_record(write_commit(CARS, commit))
    record["dynamodb"]["ApproximateCreationDateTime"] = (utc_now() - age).timestamp()
    return record


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
def test_the_docs_are_served(resources: dict[str, str], path: str) -> None:
    answer = load_functions(resources, "QueryApi").invoke("QueryApi", request("GET", path))
    assert answer["statusCode"] == 200


def test_the_description_that_is_served_is_the_one_that_is_checked_in(resources: dict[str, str]) -> None:
    answer = load_functions(resources, "QueryApi").invoke("QueryApi", request("GET", "/openapi.json"))
    served, checked_in = json.loads(answer["body"]), json.loads(PROJECT.description.read_text(encoding="utf-8"))
    assert served.keys() == {*checked_in, "externalDocs"}
    assert {name: served[name] for name in ("info", "paths")} == {name: checked_in[name] for name in ("info", "paths")}
    assert (served["servers"][0]["url"], served["security"]) == (LITERALS["API_ENDPOINT"], [{"sigv4": []}])


@pytest.mark.parametrize("function", [*STREAM_DLQS, "CarCommandHandler"])
def test_a_line_of_the_log_names_its_invocation(resources: dict[str, str], function: str) -> None:
    event = sqs_event(message(1)) if function == "CarCommandHandler" else sqs_event(_record(timedelta()))
    context = FakeContext()
    vars(context)["_aws_request_id"] = f"invocation of {function}"
    handler = load_functions(resources, function).handlers[function]
    with log_of_functions() as log:
        handler(event, context)
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert {line.get("function_request_id") for line in lines} == {f"invocation of {function}"}
