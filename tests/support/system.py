"""The whole system over ports in memory, of any resource, in virtual time.

A command is handled `delay` seconds after it is sent: time passes while a request waits, or by `pause`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from aws_lambda_powertools import Logger

from resources.cars import CARS
from tests.support.cars import NOW, representation
from tests.support.functions import ROOT_FOLDER
from tests.support.http import DOMAIN, Answer, function_of, read_answer, request
from tests.support.lambda_context import FakeContext
from tests.support.memory import MemoryLog, MemoryOutcomes, MemoryStuck, MemoryTickets, MemoryTraces
from tests.support.view import MemoryIndex
from trigger_pattern.application.backlog import Backlog
from trigger_pattern.application.handling import RecordingHandler
from trigger_pattern.application.outcomes import OutcomeRecorder
from trigger_pattern.application.querying import Queries
from trigger_pattern.application.submitting import CommandSubmitter, Unavailable
from trigger_pattern.application.tracking import CommandTracker
from trigger_pattern.application.waiting import CommandWaiter
from trigger_pattern.definition.life import root_of
from trigger_pattern.definition.requests import Request, build_triggers
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.http.api import Api
from trigger_pattern.http.docs import Docs
from trigger_pattern.http.event_docs import EventDocs, EventSchemas
from trigger_pattern.http.headers import MAX_WAIT_SECONDS
from trigger_pattern.http.installation import Installation
from trigger_pattern.http.reads import Reads
from trigger_pattern.http.writes import Writes
from trigger_pattern.kernel import Command, CommandHandler, Delivery, Position

DESCRIPTION = ROOT_FOLDER / "functions" / "query_api" / "openapi.json"
"""The OpenAPI document that is served."""
INSTALLATION = Installation("AWS_IAM", f"https://{DOMAIN}")
QUIET = Logger(service="tests", level="CRITICAL")


@dataclass
class System:
    """The APIs and the command handler of a resource. It is its own queue.

    `queue_fault` is what each send raises, `lost_sends` how many sends fail first. `crowd` is how many messages of
    others the queue has. `milliseconds` are what a function has left, `longest_wait` the most seconds of a wait.
    """

    resource: AnyResource = CARS
    delay: float = 0.1
    lost_sends: int = 0
    queue_fault: Exception | None = None
    crowd: int = 0
    seconds: float = 0.0
    milliseconds: int = 29_000
    longest_wait: int = MAX_WAIT_SECONDS
    log: MemoryLog = field(default_factory=MemoryLog)
    outcomes: MemoryOutcomes = field(default_factory=MemoryOutcomes)
    tickets: MemoryTickets = field(default_factory=MemoryTickets)
    stuck: MemoryStuck = field(default_factory=MemoryStuck)
    index: MemoryIndex = field(default_factory=MemoryIndex)
    description: Path = DESCRIPTION
    schemas: Path = DESCRIPTION.parent / "schemas" / "cars"
    installation: Installation = INSTALLATION
    logger: Logger = QUIET
    pauses: list[float] = field(default_factory=list[float])
    sent: list[tuple[float, Command[Request]]] = field(default_factory=list[tuple[float, Command[Request]]])

    def __post_init__(self) -> None:
        self._handled, numbers, root = 0, count(1), root_of(self.resource)
        queries = Queries(self.resource, root, self.log)
        tracker = CommandTracker(self.log, self.outcomes, self.now)
        self.backlog = Backlog(self, self.stuck, lambda _: 1, QUIET.exception)
        submitter = CommandSubmitter(
            self.resource, self, self.backlog, self.tickets, tracker, self.now, lambda _: next(numbers), QUIET.exception
        )
        self.traces = MemoryTraces(self.log, self.outcomes)
        waiter = CommandWaiter(self.log, self.traces, lambda: self.seconds, self.pause)
        writes = Writes(self.resource, submitter, waiter, queries, self.logger, self.longest_wait)
        source = f"{self.resource.source}cars-local"
        reads, docs = (
            Reads(self.resource, queries, tracker, self.index, source),
            Docs(self.description, self.installation),
        )
        self._apis = {
            "CommandApi": Api("cars", {self.resource.plural: writes.routes()}, self.logger),
            "QueryApi": Api(
                "cars",
                {self.resource.plural: {**reads.routes(), **EventSchemas(self.resource, self.schemas).routes()}},
                self.logger,
                {**docs.routes(), **EventDocs(self.description.with_name("asyncapi.yaml")).routes()},
            ),
        }
        recorder = OutcomeRecorder(self.outcomes, self.now)
        build = partial(build_triggers, self.resource)
        handler = CommandHandler(root, build, self.log, recorder, self.now, lambda _: None)
        self._handler = RecordingHandler(handler, recorder)

    @classmethod
    def of(cls, resource: AnyResource) -> "System":
        """Return a resource's system that handles a command as soon as it is sent."""
        return cls(resource, delay=0, log=MemoryLog(resource=resource))

    def now(self) -> datetime:
        """Return the virtual time."""
        return NOW + timedelta(seconds=self.seconds)

    def send(self, command: Command[Request]) -> None:
        """Implement the port `CommandQueue`."""
        if self.queue_fault:
            raise self.queue_fault
        if self.lost_sends:
            self.lost_sends -= 1
            raise Unavailable
        self.sent.append((self.seconds, command))
        if not self.delay:
            self._handle()

    def length(self) -> int:
        """Implement the port `QueueLength`."""
        return self.crowd + len(self.sent) - self._handled

    def pause(self, seconds: float) -> None:
        """Let time pass, and handle the commands that are due."""
        self.pauses.append(seconds)
        self.seconds += seconds
        self._handle()

    def requested(self) -> list[Request]:
        """Return the requests of the commands that were sent."""
        return [command.request for _, command in self.sent]

    def resolve(self, event: dict[str, Any]) -> dict[str, Any]:
        """Return what the function of an event's route returns to API Gateway."""
        return self._apis[function_of(event)].resolve(event, FakeContext(self.milliseconds))

    def answer(self, event: dict[str, Any]) -> Answer:
        """Return the answer to an event of API Gateway."""
        return read_answer(self.resolve(event))

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Send a request; header names have `_` for `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request_with(method, path, body, named)

    def request_with(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None, **options: Any
    ) -> Answer:
        """Send a request with any headers, authorizer or query."""
        return self.answer(request(method, path, body=body, headers=headers, **options))

    def create(self, **changes: Any) -> str:
        """Register a car and wait for it; return its path."""
        answer = self.request("POST", "/cars", representation(**changes), prefer="wait=5")
        assert answer.status == 201
        return urljoin("/cars", answer.headers["Location"])

    def _handle(self) -> None:
        while self._handled < len(self.sent) and self.sent[self._handled][0] + self.delay <= self.seconds:
            sent_at, command = self.sent[self._handled]
            self._handled += 1
            delivery = Delivery(Position("queue", self._handled), NOW + timedelta(seconds=sent_at))
            self._handler.handle(command, delivery)
