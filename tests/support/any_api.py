"""The command API of any resource, in memory: what it queues is handled while the request waits."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

from tests.support.http import QUIET, Answer, request, send
from tests.support.memory import MemoryEventStore, MemoryOutcomes, MemoryStuck, MemoryTickets
from trigger_pattern.application.backlog import Backlog
from trigger_pattern.application.commits import StoredCommit
from trigger_pattern.application.handling import RecordingHandler
from trigger_pattern.application.outcomes import OutcomeRecorder
from trigger_pattern.application.querying import Queries
from trigger_pattern.application.submitting import CommandSubmitter
from trigger_pattern.application.tracking import CommandTracker
from trigger_pattern.application.waiting import CommandWaiter, Trace
from trigger_pattern.aws.dynamodb.commit_item import read_stored, write_commit
from trigger_pattern.definition.life import State, root_of
from trigger_pattern.definition.requests import Request, build_triggers
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.http.api import Api
from trigger_pattern.http.writes import Writes
from trigger_pattern.kernel import Command, CommandHandler, Commit, Delivery, Position
from trigger_pattern_testing import NOW


@dataclass
class Log(MemoryEventStore[State, object]):
    """The log of commits, as the API reads it."""

    resource: AnyResource = field(kw_only=True)

    def after(self, aggregate_id: str, version: int, at_most: int) -> Iterator[StoredCommit]:
        following = [commit for commit in self.commits[aggregate_id] if commit.last_version > version]
        return map(self.stored, following[:at_most])

    def recorded(self, aggregate_id: str, up_to: int | None = None) -> Iterator[StoredCommit]:
        return map(self.stored, reversed(self._until(aggregate_id, up_to)))

    def stored(self, commit: Commit[State, object]) -> StoredCommit:
        return read_stored(self.resource, write_commit(self.resource, commit))


@dataclass
class AnyApi:
    """At NOW, for ever. It is its own queue, and its own traces."""

    resource: AnyResource
    outcomes: MemoryOutcomes = field(default_factory=MemoryOutcomes)
    handled: int = 0

    def __post_init__(self) -> None:
        numbers, root = count(1), root_of(self.resource)
        self.log = Log(resource=self.resource)
        recorder = OutcomeRecorder(self.outcomes, lambda: NOW)
        build = partial(build_triggers, self.resource)
        handler = CommandHandler(root, build, self.log, recorder, lambda: NOW, lambda _: None)
        self._handler = RecordingHandler(handler, recorder)
        submitter = CommandSubmitter(
            resource=self.resource,
            queue=self,
            backlog=Backlog(self, MemoryStuck(), lambda _: 1, QUIET.exception),
            tickets=MemoryTickets(),
            tracker=CommandTracker(self.log, self.outcomes, lambda: NOW),
            clock=lambda: NOW,
            random_bits=lambda _: next(numbers),
            warn=QUIET.exception,
        )
        waiter = CommandWaiter(self.log, self, lambda: 0.0, lambda _: None)
        writes = Writes(self.resource, submitter, waiter, Queries(self.resource, root, self.log), QUIET, 20)
        self._api = Api("cars", {self.resource.plural: writes.routes()}, QUIET)

    def send(self, command: Command[Request]) -> None:
        self.handled += 1
        self._handler.handle(command, Delivery(Position("queue", self.handled), NOW))

    def length(self) -> int:
        return 0

    def find(self, aggregate_id: str, version: int, command_id: str) -> Trace:
        commit = next((commit for commit in self.log.commits[aggregate_id] if commit.version == version), None)
        return Trace(self.log.stored(commit) if commit else None, self.outcomes.find(command_id))

    def request(self, method: str, path: str, body: Any, **headers: str) -> Answer:
        """Send a request."""
        return send(self._api, request(method, path, body=body, headers=headers))

    def commits(self) -> list[Commit[State, object]]:
        """Return every commit, in order."""
        return [commit for commits in self.log.commits.values() for commit in commits]
