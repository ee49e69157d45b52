"""More ways to read the event store than the trigger pattern needs. All reads are strongly consistent."""

from collections.abc import Iterator
from typing import Protocol

from trigger_pattern.application.commits import StoredCommit
from trigger_pattern.definition.life import State
from trigger_pattern.kernel import EventStore


class CommitLog(EventStore[State, object], Protocol):
    """The commits of resources."""

    def recorded(self, aggregate_id: str, up_to: int | None = None) -> Iterator[StoredCommit]:
        """Read commits as they are stored, from the one that holds `up_to`, or the newest, back.

        Raises UnreadableCommit, as every other read does.
        """
        ...

    def after(self, aggregate_id: str, version: int, at_most: int) -> Iterator[StoredCommit]:
        """Read commits as they are stored, oldest first, from the one that holds the event after `version`."""
        ...
