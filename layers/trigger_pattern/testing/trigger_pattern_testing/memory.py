"""An event store in memory."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Generic

from trigger_pattern.kernel import Commit, Recorded
from trigger_pattern.kernel.aggregate import Event, State


@dataclass
class MemoryEventStore(Generic[State, Event]):
    """Implements the port `EventStore`.

    `calls` names each call in order. With `stale_states`, commits are read as if another fold had made their states.
    """

    commits: dict[str, list[Commit[State, Event]]] = field(default_factory=lambda: defaultdict(list))
    stale_states: bool = False
    calls: list[str] = field(default_factory=list[str])

    def head(self, aggregate_id: str) -> Commit[State, Event] | None:
        """Return the newest commit."""
        self.calls.append("head")
        return next(reversed([self._read(commit) for commit in self.commits[aggregate_id]]), None)

    def history(self, aggregate_id: str) -> Iterator[Commit[State, Event]]:
        """Return every commit, oldest first."""
        self.calls.append("history")
        return iter([self._read(commit) for commit in self.commits[aggregate_id]])

    def up_to(self, aggregate_id: str, version: int) -> Iterator[Commit[State, Event]]:
        """Yield the commits from the one that holds `version` back."""
        self.calls.append("up_to")
        yield from map(self._read, reversed(self._until(aggregate_id, version)))

    def recorded(self, aggregate_id: str, up_to: int | None = None) -> Iterator[Recorded]:
        """Yield the commits, newest first."""
        self.calls.append("recorded")
        yield from reversed(self._until(aggregate_id, up_to))

    def try_append(self, commit: Commit[State, Event]) -> bool:
        """Return whether the commit was kept: False if its version is taken."""
        self.calls.append("try_append")
        if any(existing.version == commit.version for existing in self.commits[commit.aggregate_id]):
            return False
        self.commits[commit.aggregate_id].append(commit)
        return True

    def events(self, aggregate_id: str) -> list[Event]:
        """Return all of an aggregate's events, oldest first."""
        return [event for commit in self.commits[aggregate_id] for event in commit.events]

    def _until(self, aggregate_id: str, version: int | None) -> list[Commit[State, Event]]:
        return [commit for commit in self.commits[aggregate_id] if version is None or commit.version <= version]

    def _read(self, commit: Commit[State, Event]) -> Commit[State, Event]:
        return replace(commit, state=None) if self.stale_states else commit
