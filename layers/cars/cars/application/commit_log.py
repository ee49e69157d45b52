"""The event store, read in more ways than the trigger pattern needs. All reads are strongly consistent."""

from collections.abc import Iterator
from typing import Protocol

from cars.application.commits import CarCommit
from cars.domain.root import CarEvent, CarState
from trigger_pattern import EventStore


class CommitLog(EventStore[CarState, CarEvent], Protocol):
    """A car's commits."""

    def after(self, car_id: str, version: int, at_most: int) -> Iterator[CarCommit]:
        """Read oldest first, from the commit that holds the event after `version`."""
        ...
