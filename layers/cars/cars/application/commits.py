"""A car's commits, and the events in them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from cars.domain.root import CarEvent, CarState
from trigger_pattern import Commit

CarCommit: TypeAlias = Commit[CarState, CarEvent]


@dataclass(frozen=True)
class PublishedEvent:
    """One event of a commit; `version` is its own."""

    commit: CarCommit
    event: CarEvent
    version: int


def events_of(commit: CarCommit) -> tuple[PublishedEvent, ...]:
    """Give a commit's events with their versions."""
    return tuple(PublishedEvent(commit, event, commit.version + i) for i, event in enumerate(commit.events))


class CannotFold(Exception):
    """A car's history cannot be folded, today or ever; the text says why."""


Refold: TypeAlias = Callable[[CarCommit], CarState]
"""Gives the state after a commit by folding the history up to it. Raises CannotFold."""


def with_state(commit: CarCommit, refold: Refold) -> CarCommit:
    """Give a commit with the state after it, whichever fold wrote it. Raises CannotFold."""
    return commit if commit.state is not None else replace(commit, state=refold(commit))
