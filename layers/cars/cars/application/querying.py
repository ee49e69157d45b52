"""Answer questions about one car: how it is, what happened to it, what became of a command."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import Protocol, TypeAlias
from uuid import UUID

from cars.application.ids import time_of
from cars.application.outcomes import MESSAGE_LIFETIME, Outcomes, RecordedOutcome
from cars.application.publishing import CarCommit, PublishedEvent, events_of
from cars.domain.root import CarEvent, CarState, CarTrigger
from trigger_pattern import AggregateRoot, EventStore, Rehydrated, rehydrate

CLOCK_SKEW = timedelta(minutes=1)
"""How far the clocks of two function instances may be apart."""


class CommitLog(EventStore[CarState, CarEvent], Protocol):
    """The event store, read in more ways than the pattern needs."""

    def newest_first(self, car_id: str) -> Iterator[CarCommit]:
        """Read a car's commits from the newest back, strongly consistently, as far as the caller goes on."""
        ...

    def after(self, car_id: str, version: int, at_most: int) -> Iterator[CarCommit]:
        """Read a car's commits oldest first, from the one that holds the event after `version`."""
        ...


@dataclass(frozen=True)
class Pending:
    """The command is waiting, as far as anybody can know."""


@dataclass(frozen=True)
class CommandSucceeded:
    """The command's events are in the log; `version` is that of the last of them."""

    version: int


CommandOutcome: TypeAlias = CommandSucceeded | RecordedOutcome | Pending


@dataclass(frozen=True)
class CarQueries:
    """Answers from the event store and the outcomes, as of now."""

    root: AggregateRoot[CarState, CarEvent, CarTrigger]
    log: CommitLog
    outcomes: Outcomes
    clock: Callable[[], datetime]

    def car(self, car_id: str) -> Rehydrated[CarState, CarEvent]:
        """Give a car as it is now."""
        return rehydrate(self.root, self.log, car_id)

    def events(self, car_id: str, after: int, limit: int) -> list[PublishedEvent] | None:
        """Give at most `limit` events that follow version `after`, oldest first; None for a car that never was."""
        commits = self.log.after(car_id, after, limit)
        following = (event for commit in commits for event in events_of(commit) if event.version > after)
        page = list(islice(following, limit))
        return page if page or self.log.head(car_id) else None

    def command(self, car_id: str, command_id: UUID) -> CommandOutcome | None:
        """Tell what became of a command; None where there is no such command.

        A commit beats an outcome. One that left no trace is pending for as long as its message could still be
        waiting somewhere.
        """
        issued_at = time_of(command_id)
        if issued_at is None:
            return None
        earliest = issued_at - CLOCK_SKEW
        commits = takewhile(lambda commit: commit.occurred_at >= earliest, self.log.newest_first(car_id))
        found = next((commit for commit in commits if commit.command_id == str(command_id)), None)
        if found:
            return CommandSucceeded(found.last_version)
        outcome = self.outcomes.find(str(command_id))
        if outcome:
            return outcome if outcome.car_id == car_id else None
        waiting = -CLOCK_SKEW <= self.clock() - issued_at <= MESSAGE_LIFETIME
        return Pending() if waiting else None
