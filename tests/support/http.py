"""Requests as API Gateway sends them to a function, the answers to them, and the ports behind, in memory."""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol
from urllib.parse import parse_qs

from aws_lambda_powertools import Logger

from resources.cars import CARS
from tests.support.cars import NOW, ROOT
from tests.support.commits import stored
from tests.support.functions import ROOT_FOLDER
from tests.support.lambda_context import FakeContext
from tests.support.memory import MemoryEventStore, MemoryOutcomes, MemoryStuck, MemoryTickets
from tests.support.view import MemoryIndex
from trigger_pattern.application.backlog import Backlog, QueueLength
from trigger_pattern.application.commit_log import CommitLog
from trigger_pattern.application.commits import DecodedCommit, StoredCommit
from trigger_pattern.application.listing import Index
from trigger_pattern.application.querying import Queries
from trigger_pattern.application.submitting import CommandQueue, CommandSubmitter
from trigger_pattern.application.tracking import CommandTracker
from trigger_pattern.application.waiting import CommandWaiter, Trace
from trigger_pattern.definition.life import State
from trigger_pattern.definition.requests import Request
from trigger_pattern.http.api import Api, Routes
from trigger_pattern.http.preferences import MAX_WAIT_SECONDS
from trigger_pattern.http.reads import Reads
from trigger_pattern.http.routes import ROUTES
from trigger_pattern.http.writes import Writes
from trigger_pattern.kernel import Command

REQUEST_ID = "aBcDeFgHiJkLmNo="
DESCRIPTION = ROOT_FOLDER / "functions" / "query_api" / "openapi.json"
"""The OpenAPI document that is served."""

QUIET = Logger(service="tests", level="CRITICAL")

JsonBody = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """An answer as the client sees it."""

    status: int
    headers: dict[str, str]
    body: Any

    def fields(self) -> list[str]:
        """Name the bad fields and parameters of a problem document, in its order."""
        return [error.get("pointer", error.get("parameter")) for error in self.problem()["errors"]]

    def problem(self) -> dict[str, Any]:
        """Give a problem document, which has RFC 9457's members and no more than `errors` beside them."""
        assert self.headers["Content-Type"] == "application/problem+json", self
        assert self.body["status"] == self.status
        assert {"type", "title", "status", "detail"} <= self.body.keys() <= {*_MEMBERS, "errors"}
        return dict(self.body)


_MEMBERS = ("type", "title", "status", "detail")


def request(
    method: str,
    path: str,
    *,
    body: JsonBody | str | bytes | None = None,
    headers: Mapping[str, str] | None = None,
    query: str = "",
    authorizer: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Build an HTTP API event (payload 2.0). A mapping is sent as JSON, bytes in base64, text as it is."""
    given = {name.lower(): value for name, value in (headers or {}).items()}
    route_key, parameters = _route(method, path)
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route_key,
        "rawPath": path,
        "rawQueryString": query,
        "headers": ({"content-type": "application/json"} if body is not None else {}) | given,
        "requestContext": {
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.7"},
            "requestId": REQUEST_ID,
            "stage": "$default",
            **({"authorizer": authorizer} if authorizer else {}),
        },
        "isBase64Encoded": isinstance(body, bytes),
        **({"pathParameters": parameters} if parameters else {}),
    }
    if query:
        given_query = parse_qs(query, keep_blank_values=True)
        event["queryStringParameters"] = {name: ",".join(values) for name, values in given_query.items()}
    return event if body is None else {**event, "body": _text(body)}


def _text(body: JsonBody | str | bytes) -> str:
    if isinstance(body, bytes):
        return base64.b64encode(body).decode()
    return body if isinstance(body, str) else json.dumps(body)


def _route(method: str, path: str) -> tuple[str, dict[str, str]]:
    """Choose a request's route as API Gateway does; return its key and the path parameters."""
    for template, methods in ROUTES.items():
        found = re.fullmatch(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", template), path)
        if method in methods and found:
            return f"{method} {template}", found.groupdict()
    return "$default", {}


def send(api: Api, event: dict[str, Any], remaining: int = 29_000) -> Answer:
    """Send a request to a function with so many milliseconds left, and read the answer."""
    return read_answer(api.resolve(event, FakeContext(remaining)))


def read_answer(response: Mapping[str, Any]) -> Answer:
    """Read what a function returns to API Gateway."""
    body = json.loads(response["body"]) if response.get("body") else None
    return Answer(response["statusCode"], dict(response["headers"]), body)


@dataclass
class MemoryQueue:
    """A queue that keeps what it is sent."""

    sent: list[Command[Request]] = field(default_factory=list[Command[Request]])

    def send(self, command: Command[Request]) -> None:
        self.sent.append(command)

    def length(self) -> int:
        return len(self.sent)


@dataclass(frozen=True)
class FailingQueue:
    """A queue whose every call fails."""

    fault: Exception

    def send(self, command: Command[Request]) -> None:
        raise self.fault

    def length(self) -> int:
        raise self.fault


class MemoryLog(MemoryEventStore[State, object]):
    """The log of commits, and the readings of it that the pattern does not need."""

    fault_of_head: Exception | None = None

    def head(self, aggregate_id: str) -> DecodedCommit | None:
        if self.fault_of_head:
            raise self.fault_of_head
        return super().head(aggregate_id)

    def after(self, aggregate_id: str, version: int, at_most: int) -> Iterator[StoredCommit]:
        following = [commit for commit in self.commits[aggregate_id] if commit.last_version > version]
        return map(stored, following[:at_most])

    def recorded(self, aggregate_id: str, up_to: int | None = None) -> Iterator[StoredCommit]:
        if self.fault_of_head:
            raise self.fault_of_head
        self.calls.append("recorded")
        return map(stored, reversed(self._until(aggregate_id, up_to)))


@dataclass
class MemoryTraces:
    """The traces of commands in a log and among outcomes; each request is kept, as the version that it asks for."""

    log: MemoryLog
    outcomes: MemoryOutcomes
    asked: list[int] = field(default_factory=list[int])
    fault: Exception | None = None

    def find(self, aggregate_id: str, version: int, command_id: str) -> Trace:
        self.asked.append(version)
        if self.fault:
            raise self.fault
        commit = next((commit for commit in self.log.commits[aggregate_id] if commit.version == version), None)
        return Trace(stored(commit) if commit else None, self.outcomes.find(command_id))


def log_of(commits: list[DecodedCommit]) -> MemoryLog:
    """Make a log that holds these commits."""
    log = MemoryLog()
    for commit in commits:
        assert log.try_append(commit)
    return log


class Queue(CommandQueue, QueueLength, Protocol):
    """The commands queue, from both of its sides."""


def commands(queue: Queue, logger: Logger = QUIET) -> Api:
    """Make the command API over a queue that nobody reads."""
    numbers = count(1)
    log, outcomes = MemoryLog(), MemoryOutcomes()
    submitter = CommandSubmitter(
        resource=CARS,
        queue=queue,
        backlog=Backlog(queue, MemoryStuck(), lambda _: 1, QUIET.exception),
        tickets=MemoryTickets(),
        tracker=tracker(log, outcomes),
        clock=lambda: NOW,
        random_bits=lambda _: next(numbers),
        warn=QUIET.exception,
    )
    waiter = CommandWaiter(log, MemoryTraces(log, outcomes), lambda: 0.0, lambda _: None)
    writes = Writes(CARS, submitter, waiter, Queries(CARS, ROOT, log), logger, MAX_WAIT_SECONDS)
    return api_of(writes.routes(), logger)


def queries(
    log: CommitLog | None = None,
    outcomes: MemoryOutcomes | None = None,
    logger: Logger = QUIET,
    index: Index | None = None,
    others: Routes | None = None,
) -> Api:
    """Make the query API over a log, at NOW."""
    read = log or MemoryLog()
    found = Queries(CARS, ROOT, read)
    reads = Reads(CARS, found, tracker(read, outcomes or MemoryOutcomes()), index or MemoryIndex())
    return api_of(reads.routes(), logger, others)


def api_of(routes: Routes, logger: Logger = QUIET, others: Routes | None = None) -> Api:
    """Make an API of cars' routes, and of others that are about no resource."""
    return Api("cars", {CARS.plural: routes}, logger, others or {})


def tracker(log: CommitLog, outcomes: MemoryOutcomes) -> CommandTracker:
    """Make a tracker at NOW."""
    return CommandTracker(log, outcomes, lambda: NOW)
