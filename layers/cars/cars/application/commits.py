"""A car's commits, and the events in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from uuid import UUID

from cars.domain.root import CarEvent, CarState
from cars.domain.stored_events import StoredEvent, lift_event
from cars.domain.values import CarId
from trigger_pattern import Commit

CarCommit: TypeAlias = Commit[CarState, CarEvent]


@dataclass(frozen=True)
class StoredState:
    """The state after a commit in JSON's types, and the number of the fold that made it."""

    fold_version: int
    fields: Mapping[str, Any]


StoredCommit: TypeAlias = Commit[StoredState, StoredEvent]
"""A commit of which the envelope is read, and what its events and its state mean is not."""


class UnreadableCommit(Exception):
    """What is stored in the place of a commit is none, not even as it is stored."""


@dataclass(frozen=True)
class PublishedEvent:
    """One event of a commit, as it is published; `version` is its own, `make` the car's, where that was asked for."""

    commit: StoredCommit
    event: StoredEvent
    version: int
    make: str = ""


def events_of(commit: StoredCommit, make: str = "") -> tuple[PublishedEvent, ...]:
    """Return a commit's events with their versions. Raises CorruptEvent."""
    car_id = CarId(UUID(commit.aggregate_id))
    lifted = [lift_event(car_id, event) for event in commit.events]
    return tuple(PublishedEvent(commit, event, commit.version + i, make) for i, event in enumerate(lifted))


class CannotFold(Exception):
    """A car's history cannot be folded, today or ever; the text says why."""


Refold: TypeAlias = Callable[[CarCommit], CarState]
"""Gives the state after a commit by folding the history up to it. Raises CannotFold."""


def with_state(commit: CarCommit, refold: Refold) -> CarCommit:
    """Give a commit with the state after it, whichever fold wrote it. Raises CannotFold."""
    return commit if commit.state is not None else replace(commit, state=refold(commit))
