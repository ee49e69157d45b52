"""When it is not the client's fault."""

import json
from io import StringIO

import pytest
from aws_lambda_powertools import Logger

from tests.support.cars import CAR_ID, representation
from tests.support.commits import command_id
from tests.support.http import request
from tests.support.memory import MemoryLog
from tests.support.system import QUIET, System
from trigger_pattern.application.submitting import Unavailable

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


def broken(logger: Logger = QUIET) -> System:
    fault = RuntimeError(INTERNALS)
    return System(queue_fault=fault, log=MemoryLog(fault=fault), logger=logger)


@pytest.mark.parametrize("event", WRITES, ids=by_route)
def test_a_queue_that_cannot_be_reached_is_unavailability_with_a_time_to_try_again(event: dict[str, object]) -> None:
    answer = System(queue_fault=Unavailable()).answer(event)
    assert answer.status == 503
    assert 0 < int(answer.headers["Retry-After"]) <= 10
    assert answer.problem()["type"] == "urn:cars:problem:unavailable"


@pytest.mark.parametrize("event", [*WRITES, *READS], ids=by_route)
def test_any_other_fault_is_an_internal_error(event: dict[str, object]) -> None:
    answer = broken().answer(event)
    assert (answer.status, answer.problem()["type"]) == (500, "urn:cars:problem:internal-error")


@pytest.mark.parametrize("word", ["AccessDenied", "EventsTable", "RuntimeError", "Traceback", ".py", "Queue", "boto"])
def test_an_error_shows_no_internal_name(word: str) -> None:
    for answer in map(broken().answer, (WRITES[0], READS[0])):
        assert word not in json.dumps([answer.body, answer.headers])


@pytest.mark.parametrize("fault", [RuntimeError(INTERNALS), Unavailable(INTERNALS)], ids=["fault", "unavailable"])
def test_a_fault_is_logged_with_its_reason(fault: Exception) -> None:
    log = StringIO()
    System(queue_fault=fault, logger=Logger(service=type(fault).__name__, stream=log, level="ERROR")).answer(WRITES[0])
    assert INTERNALS in log.getvalue()


def test_a_bad_request_is_not_logged_as_a_fault() -> None:
    log = StringIO()
    bad = request("POST", "/cars", body=representation(color="pink"))
    broken(Logger(service="bad-requests", stream=log, level="ERROR")).answer(bad)
    assert log.getvalue() == ""
