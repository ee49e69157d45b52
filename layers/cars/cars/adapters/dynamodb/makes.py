"""The make of the car of a commit, by which a subscription's filter policy can ask for events."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cars.adapters.dynamodb.commit_item import CorruptItem, is_of_this_fold, snapshot
from cars.adapters.dynamodb.event_store import DynamoDbEventStore
from cars.application.commits import StoredCommit
from cars.application.publishing import NoMake
from cars.domain.stored_events import write_state


@dataclass(frozen=True)
class Makes:
    """Implements the port `MakeOf`. A car's make never changes, so that nothing is folded for it."""

    store: DynamoDbEventStore

    def __call__(self, commit: StoredCommit) -> str:
        """Return what the state after the commit says, or else the event with which the car began. Raises NoMake."""
        texts = (make for make in self._said(commit) if isinstance(make, str) and make)
        if make := next(texts, ""):
            return make
        raise NoMake("neither the state nor the car's first event names a make")

    def _said(self, commit: StoredCommit) -> Iterator[Any]:
        yield _in_state(commit)
        first = commit if commit.version == 1 else self._first(commit.aggregate_id)
        yield first.events[0]["data"].get("make") if first else None

    def _first(self, car_id: str) -> StoredCommit | None:
        try:
            return self.store.first(car_id)
        except CorruptItem:
            return None


def _in_state(commit: StoredCommit) -> Any:  # noqa: ANN401 - whatever is stored
    """Return what a state says. One of this fold has to be readable; what another fold wrote is as it is published."""
    if is_of_this_fold(commit):
        state = snapshot(commit)
        return write_state(state)["make"] if state else None
    return commit.state.fields.get("make") if commit.state else None
