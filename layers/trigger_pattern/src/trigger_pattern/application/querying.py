"""Questions about one resource: its current state, past states, and events."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from trigger_pattern.application.commit_log import CommitLog
from trigger_pattern.application.commits import PublishedEvent, events_of
from trigger_pattern.definition.life import Gone, NotCreated, Root, State
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import newest_where, rehydrate, state_after


@dataclass(frozen=True)
class AsOf:
    """A resource as it was after the event `version`; 0 before the first, when it was not created yet."""

    aggregate_id: str
    state: State
    version: int

    @property
    def value(self) -> object | None:
        """The value; None if it is not created yet, or deleted."""
        return None if isinstance(self.state, NotCreated | Gone) else self.state


@dataclass(frozen=True)
class EventPage:
    """Events of one resource, oldest first, and whether it has more of them."""

    events: list[PublishedEvent]
    has_more: bool


@dataclass(frozen=True)
class Queries:
    """Answers from the event store, as of now."""

    resource: AnyResource
    root: Root
    log: CommitLog

    def now(self, aggregate_id: str) -> AsOf:
        """Return a resource as it is: one read unit, however long its history."""
        current = rehydrate(self.root, self.log, aggregate_id)
        return AsOf(aggregate_id, current.state, current.version)

    def at_version(self, aggregate_id: str, version: int) -> AsOf:
        """Return a resource as it was after an event, also one inside a commit; version 0 if there is no such event."""
        commits = self.log.up_to(aggregate_id, version)
        holding = next(commits, None)
        if holding is None or holding.last_version < version:
            return AsOf(aggregate_id, self.root.zero, 0)
        if version < holding.last_version:
            until = holding.events[: version - holding.version + 1]
            holding = replace(holding, events=until, state=None)
        return AsOf(aggregate_id, state_after(self.root, holding, commits), version)

    def at(self, aggregate_id: str, moment: datetime) -> AsOf:
        """Return a resource as it was at a time, found by a binary search unless it has not changed since."""
        head = next(self.log.recorded(aggregate_id), None)
        then = head and newest_where(self.log, head, lambda commit: commit.occurred_at <= moment)
        return self.at_version(aggregate_id, then.last_version) if then else AsOf(aggregate_id, self.root.zero, 0)

    def events(self, aggregate_id: str, after: int, limit: int) -> EventPage | None:
        """Return at most `limit` events that follow version `after`; None for one that never was.

        Reads one event more, which shows whether another page follows.
        """
        commits = self.log.after(aggregate_id, after, limit + 1)
        following = (event for commit in commits for event in events_of(self.resource, commit) if event.version > after)
        found = list(islice(following, limit + 1))
        if not found and not any(True for _ in self.log.recorded(aggregate_id)):
            return None
        return EventPage(found[:limit], has_more=len(found) > limit)
