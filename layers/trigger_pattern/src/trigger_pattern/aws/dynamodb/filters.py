"""The values of the immutable fields that subscriptions can filter events by."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from trigger_pattern.application.commits import StoredCommit
from trigger_pattern.application.publishing import NoFilters
from trigger_pattern.aws.dynamodb.commit_item import CorruptItem, is_of_this_fold, snapshot
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import write_state


@dataclass(frozen=True)
class Filters:
    """Implements the port `FiltersOf`. The fields are immutable, so no fold is needed."""

    resource: AnyResource
    store: DynamoDbEventStore

    def __call__(self, commit: StoredCommit) -> dict[str, str]:
        """Return the values from the state after the commit, or else from the first event. Raises NoFilters."""
        return {name: self._value(commit, name) for name in self.resource.filters}

    def _value(self, commit: StoredCommit, name: str) -> str:
        texts = (value for value in self._said(commit, name) if isinstance(value, str) and value)
        if value := next(texts, ""):
            return value
        raise NoFilters(f"neither the state nor the {self.resource.words_of_name}'s first event names a {name}")

    def _said(self, commit: StoredCommit, name: str) -> Iterator[Any]:
        yield self._in_state(commit, name)
        first = commit if commit.version == 1 else self._first(commit.aggregate_id)
        yield first.events[0]["data"].get(name) if first else None

    def _in_state(self, commit: StoredCommit, name: str) -> Any:  # noqa: ANN401 - any JSON
        """Return a state's values. One of this fold must be readable; another fold's are used as stored."""
        if is_of_this_fold(self.resource, commit):
            state = snapshot(self.resource, commit)
            return write_state(self.resource, state)[name] if state else None
        return commit.state.fields.get(name) if commit.state else None

    def _first(self, aggregate_id: str) -> StoredCommit | None:
        try:
            return self.store.first(aggregate_id)
        except CorruptItem:
            return None
