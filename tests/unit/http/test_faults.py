"""When it is not the client's fault."""

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from aws_lambda_powertools import Logger

from tests.support.cars import CAR_ID, representation
from tests.support.commits import command_id
from tests.support.http import QUIET, FailingQueue, MemoryLog, commands, queries, request, send
from trigger_pattern.application.commits import DecodedCommit, StoredCommit
from trigger_pattern.application.submitting import Unavailable
from trigger_pattern.http.api import Api

INTERNALS = "AccessDenied on cars-prod-EventsTable"

WRITES = [
    request("POST", "/cars", body=representation()),
    request("PUT", f"/cars/{CAR_ID}", body=representation()),
    request("DELETE", f"/cars/{CAR_ID}"),
]
READS = [
    request("GET", f"/cars/{CAR_ID}"),
    request("GET", f"/cars/{CAR_ID}/events"),
    request("GET", f"/cars/{CAR_ID}/commands/{command_id(1)}"),
]


def by_route(event: dict[str, object]) -> str:
    return str(event["routeKey"])


class BrokenLog(MemoryLog):
    """A log of which nothing can be read."""

    def head(self, aggregate_id: str) -> DecodedCommit | None:
        raise RuntimeError(INTERNALS)

    def recorded(self, aggregate_id: str, up_to: int | None = None) -> Iterator[StoredCommit]:
        raise RuntimeError(INTERNALS)

    def after(self, aggregate_id: str, version: int, at_most: int) -> Iterator[StoredCommit]:
        raise RuntimeError(INTERNALS)


def broken_commands(logger: Logger = QUIET) -> Api:
    return commands(FailingQueue(RuntimeError(INTERNALS)), logger)


@pytest.mark.parametrize("event", WRITES, ids=by_route)
def test_a_queue_that_cannot_be_reached_is_unavailability_with_a_time_to_try_again(event: dict[str, object]) -> None:
    answer = send(commands(FailingQueue(Unavailable())), event)
    assert answer.status == 503
    assert 0 < int(answer.headers["Retry-After"]) <= 10
    assert answer.problem()["type"] == "urn:cars:problem:unavailable"


@pytest.mark.parametrize("event", WRITES, ids=by_route)
def test_a_fault_of_the_write_side_is_an_internal_error(event: dict[str, object]) -> None:
    answer = send(broken_commands(), event)
    assert answer.status == 500
    assert answer.problem()["type"] == "urn:cars:problem:internal-error"


@pytest.mark.parametrize("event", READS, ids=by_route)
def test_a_fault_of_the_read_side_is_an_internal_error(event: dict[str, object]) -> None:
    answer = send(queries(BrokenLog()), event)
    assert answer.status == 500
    assert answer.problem()["type"] == "urn:cars:problem:internal-error"


@pytest.mark.parametrize("word", ["AccessDenied", "EventsTable", "RuntimeError", "Traceback", ".py", "Queue", "boto"])
def test_an_error_shows_no_internal_name(word: str) -> None:
    for answer in (send(broken_commands(), WRITES[0]), send(queries(BrokenLog()), READS[0])):
        assert word not in json.dumps([answer.body, answer.headers])


@pytest.mark.parametrize("fault", [RuntimeError(INTERNALS), Unavailable(INTERNALS)], ids=["fault", "unavailable"])
def test_a_fault_is_logged_with_its_reason(fault: Exception) -> None:
    log = StringIO()
    send(commands(FailingQueue(fault), Logger(service=type(fault).__name__, stream=log, level="ERROR")), WRITES[0])
    assert INTERNALS in log.getvalue()


def test_a_bad_request_is_not_logged_as_a_fault() -> None:
    log = StringIO()
    bad = request("POST", "/cars", body=representation(color="pink"))
    send(broken_commands(Logger(service="bad-requests", stream=log, level="ERROR")), bad)
    assert log.getvalue() == ""
