"""Load an aggregate: its newest commit carries the state, and the events are the truth behind it."""

from dataclasses import dataclass
from typing import Generic

from trigger_pattern.aggregate import AggregateRoot, Event, State, Trigger
from trigger_pattern.event_store import Commit, EventStore


@dataclass(frozen=True)
class Rehydrated(Generic[State, Event]):
    """An aggregate as it stands; `head` is its newest commit, None before the first."""

    state: State
    head: Commit[State, Event] | None

    @property
    def version(self) -> int:
        """The version of the newest event, 0 before the first."""
        return self.head.last_version if self.head else 0


def rehydrate(
    root: AggregateRoot[State, Event, Trigger], store: EventStore[State, Event], aggregate_id: str
) -> Rehydrated[State, Event]:
    """Load with one read, or, where the newest commit was made by another fold, from the whole history."""
    head = store.head(aggregate_id)
    if head is None:
        return Rehydrated(root.zero, None)
    if head.state is not None:
        return Rehydrated(head.state, head)
    commits = list(store.history(aggregate_id))
    return Rehydrated(root.fold(event for commit in commits for event in commit.events), commits[-1])
