"""Load an aggregate: its newest commit carries the state, and the events are the truth behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from typing import Generic

from trigger_pattern.kernel.aggregate import AggregateRoot, Event, State, Trigger
from trigger_pattern.kernel.event_store import Commit, EventStore


@dataclass(frozen=True)
class Rehydrated(Generic[State, Event]):
    """An aggregate in its current state; `head` is its newest commit, None before the first."""

    state: State
    head: Commit[State, Event] | None

    @property
    def version(self) -> int:
        """The version of the newest event, 0 before the first."""
        return self.head.last_version if self.head else 0


def rehydrate(
    root: AggregateRoot[State, Event, Trigger], store: EventStore[State, Event], aggregate_id: str
) -> Rehydrated[State, Event]:
    """Return an aggregate after one read. If another fold made the newest snapshot, earlier commits are read too."""
    head = store.head(aggregate_id)
    if head is None:
        return Rehydrated(root.zero, None)
    return Rehydrated(state_after(root, head, store.up_to(aggregate_id, head.version - 1)), head)


def state_after(
    root: AggregateRoot[State, Event, Trigger], commit: Commit[State, Event], older: Iterable[Commit[State, Event]]
) -> State:
    """Return the state after a commit: its snapshot, or the fold of its events and those behind it.

    `older` are the commits before it, newest first. They are read back to the nearest snapshot of this fold, or to the
    first commit; none is read if the commit has its snapshot. Raises what `apply` raises for an impossible history.
    """
    folded: list[Commit[State, Event]] = []
    state = root.zero
    for earlier in chain([commit], older):
        if earlier.state is not None:
            state = earlier.state
            break
        folded.append(earlier)
        if earlier.version == 1:
            break
    return reduce(root.apply, (event for earlier in reversed(folded) for event in earlier.events), state)
