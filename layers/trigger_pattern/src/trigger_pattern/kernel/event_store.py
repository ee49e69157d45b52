"""The event store's port: the pattern's demands on a database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol

from trigger_pattern.kernel.aggregate import Event, State
from trigger_pattern.kernel.command import Position


@dataclass(frozen=True)
class Commit(Generic[State, Event]):
    """All that one command changed: written whole or not at all.

    - `version` is that of its first event. An aggregate's events are numbered 1, 2, 3… without gaps.
    - `state` is the state after it; None if another fold made the stored one, so that it must be folded again.
    - `position` is its command's place in the queue.
    - `issued_at` is the latest time at which any command applied so far was issued.
    - `other_queue_at` is the time of the newest commit of a command from another queue, None if there is none.

    Neither `issued_at` nor `occurred_at` goes back from one commit to the next. All times are in UTC.
    """

    aggregate_id: str
    version: int
    events: tuple[Event, ...]
    state: State | None
    command_id: str
    position: Position
    issued_at: datetime
    occurred_at: datetime
    actor: str
    correlation_id: str
    other_queue_at: datetime | None = None

    @property
    def last_version(self) -> int:
        """The version of its last event, and so the aggregate's after it."""
        return self.version + len(self.events) - 1


class Recorded(Protocol):
    """The part of a commit that a search needs: neither events nor state."""

    @property
    def aggregate_id(self) -> str: ...  # noqa: D102 - as in Commit
    @property
    def version(self) -> int: ...  # noqa: D102
    @property
    def last_version(self) -> int: ...  # noqa: D102
    @property
    def command_id(self) -> str: ...  # noqa: D102
    @property
    def issued_at(self) -> datetime: ...  # noqa: D102
    @property
    def occurred_at(self) -> datetime: ...  # noqa: D102


class EventStore(Protocol[State, Event]):
    """Commits by aggregate and version. Faults of the infrastructure are raised."""

    def head(self, aggregate_id: str) -> Commit[State, Event] | None:
        """Return the newest commit, read strongly consistently; None before the first."""
        ...

    def history(self, aggregate_id: str) -> Iterator[Commit[State, Event]]:
        """Read every commit, oldest first, strongly consistently."""
        ...

    def up_to(self, aggregate_id: str, version: int) -> Iterator[Commit[State, Event]]:
        """Read from the commit that holds `version`, or the newest below it, back; strongly consistent."""
        ...

    def recorded(self, aggregate_id: str, up_to: int | None = None) -> Iterator[Recorded]:
        """Read commits without their events and states, which need not be readable; newest first, strongly consistent.

        Begins with the commit that holds version `up_to`, or the newest below it; without `up_to`, with the newest.
        """
        ...

    def try_append(self, commit: Commit[State, Event]) -> bool:
        """Return whether a commit was written: False if another writer has taken its version."""
        ...
