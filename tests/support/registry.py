"""The whole system in memory, and in virtual time: what is sent is handled when somebody has waited long enough."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any
from urllib.parse import urljoin

from resources.cars import CARS
from tests.support.cars import NOW, ROOT, representation
from tests.support.http import QUIET, Answer, MemoryLog, MemoryTraces, api_of, request, send
from tests.support.memory import MemoryOutcomes, MemoryStuck, MemoryTickets
from tests.support.view import MemoryIndex
from trigger_pattern.application.backlog import Backlog
from trigger_pattern.application.handling import RecordingHandler
from trigger_pattern.application.outcomes import OutcomeRecorder
from trigger_pattern.application.querying import Queries
from trigger_pattern.application.submitting import CommandSubmitter, Unavailable
from trigger_pattern.application.tracking import CommandTracker
from trigger_pattern.application.waiting import CommandWaiter
from trigger_pattern.definition.requests import Request, build_triggers
from trigger_pattern.http.reads import Reads
from trigger_pattern.http.writes import Writes
from trigger_pattern.kernel import Command, CommandHandler, Delivery, Position


@dataclass
class Registry:
    """`delay` is how many seconds after it is sent a command is handled; `lost_sends` are sends that fail unheard.

    `longest_wait` is the most seconds that a request may wait.
    """

    delay: float = 0.1
    lost_sends: int = 0
    seconds: float = 0.0
    milliseconds: int = 29_000
    longest_wait: int = 20
    pauses: list[float] = field(default_factory=list[float])
    sent: list[tuple[float, Command[Request]]] = field(default_factory=list[tuple[float, Command[Request]]])
    log: MemoryLog = field(default_factory=MemoryLog)
    outcomes: MemoryOutcomes = field(default_factory=MemoryOutcomes)
    tickets: MemoryTickets = field(default_factory=MemoryTickets)
    crowd: int = 0
    stuck: MemoryStuck = field(default_factory=MemoryStuck)

    def __post_init__(self) -> None:
        self._numbers = count(1)
        self._handled = 0
        queries = Queries(CARS, ROOT, self.log)
        tracker = CommandTracker(self.log, self.outcomes, self.now)
        self.backlog = Backlog(self, self.stuck, lambda _: 1, QUIET.exception)
        submitter = CommandSubmitter(
            CARS, self, self.backlog, self.tickets, tracker, self.now, lambda _: next(self._numbers), QUIET.exception
        )
        self.traces = MemoryTraces(self.log, self.outcomes)
        waiter = CommandWaiter(self.log, self.traces, lambda: self.seconds, self.pause)
        self._commands = api_of(Writes(CARS, submitter, waiter, queries, QUIET, self.longest_wait).routes())
        self._queries = api_of(Reads(CARS, queries, tracker, MemoryIndex()).routes())
        recorder = OutcomeRecorder(self.outcomes, self.now)
        build = partial(build_triggers, CARS)
        handler = CommandHandler(ROOT, build, self.log, recorder, self.now, lambda _: None)
        self._handler = RecordingHandler(handler, recorder)

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds)

    def send(self, command: Command[Request]) -> None:
        """Be the queue."""
        if self.lost_sends:
            self.lost_sends -= 1
            raise Unavailable
        self.sent.append((self.seconds, command))
        if not self.delay:
            self._handle()

    def length(self) -> int:
        """Be the queue, seen from outside."""
        return self.crowd + len(self.sent) - self._handled

    def pause(self, seconds: float) -> None:
        """Let time pass, and the command handler handle what it is time for."""
        self.pauses.append(seconds)
        self.seconds += seconds
        self._handle()

    def _handle(self) -> None:
        while self._handled < len(self.sent) and self.sent[self._handled][0] + self.delay <= self.seconds:
            sent_at, command = self.sent[self._handled]
            self._handled += 1
            position = Position("queue", self._handled)
            self._handler.handle(command, Delivery(position, NOW + timedelta(seconds=sent_at)))

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Send a request; header names have `_` for `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request_with(method, path, body, named)

    def request_with(self, method: str, path: str, body: Any, headers: Mapping[str, str], **options: Any) -> Answer:
        """Send a request with any headers, authorizer or query."""
        api = self._queries if method in ("GET", "HEAD") else self._commands
        return send(api, request(method, path, body=body, headers=headers, **options), self.milliseconds)

    def create(self, **changes: Any) -> str:
        """Register a car and wait for it; give its path."""
        answer = self.request("POST", "/cars", representation(**changes), prefer="wait=5")
        assert answer.status == 201
        return urljoin("/cars", answer.headers["Location"])
