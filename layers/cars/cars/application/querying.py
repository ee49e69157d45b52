"""Answer questions about one car: how it is, how it was, and what happened to it."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from cars.application.commit_log import CommitLog
from cars.application.commits import PublishedEvent, events_of
from cars.domain.root import CarEvent, CarState, CarTrigger
from trigger_pattern import AggregateRoot, newest_where, rehydrate, state_after


@dataclass(frozen=True)
class CarAsOf:
    """A car as it was after the event `version`; 0, and not registered, before the first."""

    state: CarState
    version: int


@dataclass(frozen=True)
class CarQueries:
    """Answers from the event store, as of now."""

    root: AggregateRoot[CarState, CarEvent, CarTrigger]
    log: CommitLog

    def car(self, car_id: str) -> CarAsOf:
        """Give a car as it is: one read unit, however long its history."""
        current = rehydrate(self.root, self.log, car_id)
        return CarAsOf(current.state, current.version)

    def car_at_version(self, car_id: str, version: int) -> CarAsOf:
        """Give a car as it was after an event, also one inside a commit; as of 0 where there is no such event."""
        commits = self.log.up_to(car_id, version)
        holding = next(commits, None)
        if holding is None or holding.last_version < version:
            return CarAsOf(self.root.zero, 0)
        if version < holding.last_version:
            until = holding.events[: version - holding.version + 1]
            holding = replace(holding, events=until, state=None)
        return CarAsOf(state_after(self.root, holding, commits), version)

    def car_at(self, car_id: str, moment: datetime) -> CarAsOf:
        """Return a car as it was at a moment: a search by halves, unless it has not changed since."""
        head = next(self.log.recorded(car_id), None)
        then = head and newest_where(self.log, head, lambda commit: commit.occurred_at <= moment)
        return self.car_at_version(car_id, then.last_version) if then else CarAsOf(self.root.zero, 0)

    def events(self, car_id: str, after: int, limit: int) -> list[PublishedEvent] | None:
        """Give at most `limit` events that follow version `after`, oldest first; None for a car that never was."""
        commits = self.log.after(car_id, after, limit)
        following = (event for commit in commits for event in events_of(commit) if event.version > after)
        page = list(islice(following, limit))
        return page if page or any(True for _ in self.log.recorded(car_id)) else None
