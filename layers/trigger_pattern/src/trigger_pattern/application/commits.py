"""The commits of a resource, and the events in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from trigger_pattern.definition.life import State
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import StoredEvent, lift_event
from trigger_pattern.kernel import Commit

DecodedCommit: TypeAlias = Commit[State, object]
"""A commit with its events and state as this code understands them."""


@dataclass(frozen=True)
class StoredState:
    """The state after a commit in JSON's types, and the number of the fold that made it."""

    fold_version: int
    fields: Mapping[str, Any]


StoredCommit: TypeAlias = Commit[StoredState, StoredEvent]
"""A commit whose envelope is read, with its events and state as they are stored."""


class UnreadableCommit(Exception):
    """The stored item is no commit: not even its envelope can be read."""


@dataclass(frozen=True)
class PublishedEvent:
    """One event of a commit, as it is published, with its own version.

    `filters` are the values of the resource's filters, by their names, if they were asked for.
    """

    commit: StoredCommit
    event: StoredEvent
    version: int
    filters: Mapping[str, str] = field(default_factory=dict[str, str])


def events_of(
    resource: AnyResource, commit: StoredCommit, filters: Mapping[str, str] | None = None
) -> tuple[PublishedEvent, ...]:
    """Return a commit's events with their versions. Raises CorruptEvent."""
    lifted = [lift_event(resource, event) for event in commit.events]
    return tuple(PublishedEvent(commit, event, commit.version + i, filters or {}) for i, event in enumerate(lifted))


class CannotFold(Exception):
    """A history that no code can fold; the text has the reason."""


Refold: TypeAlias = Callable[[DecodedCommit], State]
"""Returns the state after a commit by folding the history up to it. Raises CannotFold."""


def with_state(commit: DecodedCommit, refold: Refold) -> DecodedCommit:
    """Return a commit with the state after it, whichever fold wrote it. Raises CannotFold."""
    return commit if commit.state is not None else replace(commit, state=refold(commit))
