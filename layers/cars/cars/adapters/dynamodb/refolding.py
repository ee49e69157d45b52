"""The state after a commit whose own state was made by another fold."""

from dataclasses import dataclass
from itertools import takewhile

from cars.adapters.dynamodb.commit_item import CorruptItem
from cars.adapters.dynamodb.event_store import DynamoDbEventStore
from cars.application.commits import CannotFold, CarCommit
from cars.domain.root import CarEvent, CarState, CarTrigger
from trigger_pattern import AggregateRoot


@dataclass(frozen=True)
class Refolder:
    """Folds a car's history as the events table has it, up to a commit."""

    root: AggregateRoot[CarState, CarEvent, CarTrigger]
    store: DynamoDbEventStore

    def __call__(self, commit: CarCommit) -> CarState:
        """Fold. Raises CannotFold; UnknownEvent where newer code wrote an event; DynamoDB's faults."""
        history = takewhile(lambda earlier: earlier.version <= commit.version, self.store.history(commit.aggregate_id))
        try:
            events = [event for earlier in history for event in earlier.events]
        except CorruptItem as corrupt:
            raise CannotFold(f"an earlier commit is corrupt: {corrupt}") from corrupt
        try:
            return self.root.fold(events)
        except ValueError as impossible:
            raise CannotFold(str(impossible)) from impossible
