"""The ports, in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from resources.cars import CARS
from trigger_pattern.application.commits import DecodedCommit, StoredCommit
from trigger_pattern.application.idempotency import KeyReused, RequestKey, Ticket
from trigger_pattern.application.outcomes import RecordedOutcome, Status
from trigger_pattern.application.waiting import Trace
from trigger_pattern.aws.dynamodb.commit_item import read_stored, write_commit
from trigger_pattern.definition.life import State
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern_testing import MemoryEventStore


@dataclass
class MemoryLog(MemoryEventStore[State, object]):
    """The log of a resource's commits, as the APIs read it; with a `fault`, nothing of it can be read."""

    resource: AnyResource = field(default=CARS, kw_only=True)
    fault: Exception | None = field(default=None, kw_only=True)

    def head(self, aggregate_id: str) -> DecodedCommit | None:
        self._fail()
        return super().head(aggregate_id)

    def after(self, aggregate_id: str, version: int, at_most: int) -> Iterator[StoredCommit]:
        self._fail()
        following = [commit for commit in self.commits[aggregate_id] if commit.last_version > version]
        return map(self.stored, following[:at_most])

    def recorded(self, aggregate_id: str, up_to: int | None = None) -> Iterator[StoredCommit]:
        self._fail()
        self.calls.append("recorded")
        return map(self.stored, reversed(self._until(aggregate_id, up_to)))

    def stored(self, commit: DecodedCommit) -> StoredCommit:
        return read_stored(self.resource, write_commit(self.resource, commit))

    def _fail(self) -> None:
        if self.fault:
            raise self.fault


def log_of(commits: list[DecodedCommit]) -> MemoryLog:
    """Return a log that holds these commits of a car."""
    log = MemoryLog()
    for commit in commits:
        assert log.try_append(commit)
    return log


@dataclass
class MemoryOutcomes:
    """Outcomes by command id."""

    kept: dict[str, RecordedOutcome] = field(default_factory=dict[str, RecordedOutcome])

    def record(self, outcome: RecordedOutcome) -> None:
        kept = self.kept.get(outcome.command_id)
        if kept is None or kept.status is Status.FAILED:
            self.kept[outcome.command_id] = outcome

    def find(self, command_id: str) -> RecordedOutcome | None:
        return self.kept.get(command_id)


@dataclass
class MemoryTraces:
    """The traces of commands in a log and among outcomes; `asked` has the version that each request asked for."""

    log: MemoryLog
    outcomes: MemoryOutcomes
    asked: list[int] = field(default_factory=list[int])
    fault: Exception | None = None

    def find(self, aggregate_id: str, version: int, command_id: str) -> Trace:
        self.asked.append(version)
        if self.fault:
            raise self.fault
        commit = next((commit for commit in self.log.commits[aggregate_id] if commit.version == version), None)
        return Trace(self.log.stored(commit) if commit else None, self.outcomes.find(command_id))


@dataclass
class MemoryStuck:
    """Stuck resources, each until a time that no test waits for."""

    ids: set[str] = field(default_factory=set[str])

    def note(self, aggregate_id: str, until: datetime) -> None:
        self.ids.add(aggregate_id)

    def has(self, aggregate_id: str) -> bool:
        return aggregate_id in self.ids


@dataclass
class MemoryTickets:
    """Tickets by the digests of their keys."""

    kept: dict[str, tuple[str, Ticket]] = field(default_factory=dict[str, tuple[str, Ticket]])

    def keep(self, key: RequestKey, ticket: Ticket) -> Ticket | KeyReused:
        fingerprint, kept = self.kept.setdefault(key.digest, (key.fingerprint, ticket))
        return kept if fingerprint == key.fingerprint else KeyReused()
