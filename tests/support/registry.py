"""The whole system in memory, and in virtual time: what is sent is handled when somebody has waited long enough."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import urljoin

from cars.adapters.http.command_api import command_api
from cars.adapters.http.query_api import query_api
from cars.adapters.http.writes import Writes
from cars.application.backlog import Backlog
from cars.application.handling import CarCommandHandler
from cars.application.outcomes import OutcomeRecorder
from cars.application.querying import CarQueries
from cars.application.submitting import CommandSubmitter, Unavailable
from cars.application.tracking import CommandTracker
from cars.application.waiting import CommandWaiter
from cars.domain.commands import CarCommand
from cars.domain.mapping import map_command
from tests.support.cars import NOW, ROOT, representation
from tests.support.http import QUIET, Answer, MemoryLog, MemoryTraces, request, send
from tests.support.memory import MemoryOutcomes, MemoryStuckCars, MemoryTickets
from trigger_pattern import Command, CommandHandler, Delivery, Position


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
    sent: list[tuple[float, Command[CarCommand]]] = field(default_factory=list[tuple[float, Command[CarCommand]]])
    log: MemoryLog = field(default_factory=MemoryLog)
    outcomes: MemoryOutcomes = field(default_factory=MemoryOutcomes)
    tickets: MemoryTickets = field(default_factory=MemoryTickets)
    crowd: int = 0
    stuck: MemoryStuckCars = field(default_factory=MemoryStuckCars)

    def __post_init__(self) -> None:
        self._numbers = count(1)
        self._handled = 0
        queries = CarQueries(ROOT, self.log)
        tracker = CommandTracker(self.log, self.outcomes, self.now)
        self.backlog = Backlog(self, self.stuck, lambda _: 1, QUIET.exception)
        submitter = CommandSubmitter(
            self, self.backlog, self.tickets, tracker, self.now, lambda _: next(self._numbers), QUIET.exception
        )
        self.traces = MemoryTraces(self.log, self.outcomes)
        waiter = CommandWaiter(self.log, self.traces, lambda: self.seconds, self.pause)
        self._commands = command_api(Writes(submitter, waiter, queries, QUIET, self.longest_wait), QUIET)
        self._queries = query_api(queries, tracker, QUIET)
        recorder = OutcomeRecorder(self.outcomes, self.now)
        handler = CommandHandler(ROOT, map_command, self.log, recorder, self.now, lambda _: None)
        self._handler = CarCommandHandler(handler, recorder)

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds)

    def send(self, command: Command[CarCommand]) -> None:
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
