"""The ports, in memory."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Generic

from trigger_pattern.application.idempotency import KeyReused, RequestKey, Ticket
from trigger_pattern.application.outcomes import RecordedOutcome, Status
from trigger_pattern.kernel import Commit, Recorded
from trigger_pattern.kernel.aggregate import Event, State


@dataclass
class MemoryEventStore(Generic[State, Event]):
    """An event store that counts its calls, and can pretend that its states are of another fold."""

    commits: dict[str, list[Commit[State, Event]]] = field(default_factory=lambda: defaultdict(list))
    stale_states: bool = False
    calls: list[str] = field(default_factory=list[str])

    def head(self, aggregate_id: str) -> Commit[State, Event] | None:
        self.calls.append("head")
        return next(reversed([self._read(commit) for commit in self.commits[aggregate_id]]), None)

    def history(self, aggregate_id: str) -> Iterator[Commit[State, Event]]:
        self.calls.append("history")
        return iter([self._read(commit) for commit in self.commits[aggregate_id]])

    def up_to(self, aggregate_id: str, version: int) -> Iterator[Commit[State, Event]]:
        self.calls.append("up_to")
        yield from map(self._read, reversed(self._until(aggregate_id, version)))

    def recorded(self, aggregate_id: str, up_to: int | None = None) -> Iterator[Recorded]:
        self.calls.append("recorded")
        yield from reversed(self._until(aggregate_id, up_to))

    def try_append(self, commit: Commit[State, Event]) -> bool:
        self.calls.append("try_append")
        if any(existing.version == commit.version for existing in self.commits[commit.aggregate_id]):
            return False
        self.commits[commit.aggregate_id].append(commit)
        return True

    def events(self, aggregate_id: str) -> list[Event]:
        """All of an aggregate's events, oldest first."""
        return [event for commit in self.commits[aggregate_id] for event in commit.events]

    def _until(self, aggregate_id: str, version: int | None) -> list[Commit[State, Event]]:
        return [commit for commit in self.commits[aggregate_id] if version is None or commit.version <= version]

    def _read(self, commit: Commit[State, Event]) -> Commit[State, Event]:
        return replace(commit, state=None) if self.stale_states else commit


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
