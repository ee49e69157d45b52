"""Publish events in order: never two of a car in one batch, and a car's next only after its last was confirmed."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeAlias, assert_never

from cars.application.commits import PublishedEvent, StoredCommit, events_of
from cars.domain.stored_events import CorruptEvent

BATCH_SIZE = 10
"""SNS takes up to ten messages in a PublishBatch."""


@dataclass(frozen=True)
class Confirmed:
    """The topic has the event."""


@dataclass(frozen=True)
class Rejected:
    """The topic will never take this event."""

    reason: str


@dataclass(frozen=True)
class Failed:
    """The topic did not take the event this time."""

    reason: str


Receipt: TypeAlias = Confirmed | Rejected | Failed


class Topic(Protocol):
    """Where the events of cars are broadcast."""

    def publish(self, batch: Sequence[PublishedEvent]) -> Sequence[Receipt]:
        """Publish at most BATCH_SIZE events; one receipt for each, in their order."""
        ...


class SetAside(Protocol):
    """Where what can never be published is kept."""

    def set_aside(self, car_id: str, version: int, reason: str) -> None:
        """Keep the car's id, the version that could not be published, and why."""
        ...


class PublishingFailed(Exception):
    """Some events were not published; all of them have to be delivered again."""


class NoMake(Exception):
    """Nobody knows the make of a commit's car; the text says why."""


MakeOf: TypeAlias = Callable[[StoredCommit], str]
"""Returns the make of a commit's car, for filter policies. Raises NoMake."""


@dataclass(frozen=True)
class Broadcaster:
    """Publishes the events of commits, also those that newer code wrote: an event is published as it is stored."""

    topic: Topic
    rejects: SetAside
    make_of: MakeOf

    def broadcast(self, commits: Iterable[StoredCommit]) -> None:
        """Publish every event of commits. Raises PublishingFailed, and the faults of reading a make."""
        self.publish(published for commit in commits for published in self._events_of(commit))

    def publish(self, events: Iterable[PublishedEvent]) -> None:
        """Publish events; of the cars that fail, none after the one that failed. Raises PublishingFailed."""
        waiting: dict[str, deque[PublishedEvent]] = {}
        for published in events:
            waiting.setdefault(published.commit.aggregate_id, deque()).append(published)
        failures: list[str] = []
        while waiting:
            failures += self._publish_next(waiting)
        if failures:
            raise PublishingFailed("; ".join(failures))

    def _events_of(self, commit: StoredCommit) -> Iterable[PublishedEvent]:
        try:
            return events_of(commit, self.make_of(commit))
        except (CorruptEvent, NoMake) as reason:
            self.rejects.set_aside(commit.aggregate_id, commit.version, str(reason))
            return ()

    def _publish_next(self, waiting: dict[str, deque[PublishedEvent]]) -> list[str]:
        cars = list(islice(waiting, BATCH_SIZE))
        receipts = self.topic.publish([waiting[car_id][0] for car_id in cars])
        return [
            f"{car_id}: {failure}"
            for car_id, receipt in zip(cars, receipts, strict=True)
            if (failure := self._settle(waiting, car_id, receipt))
        ]

    def _settle(self, waiting: dict[str, deque[PublishedEvent]], car_id: str, receipt: Receipt) -> str | None:
        match receipt:
            case Failed(reason):
                del waiting[car_id]
                return reason
            case Rejected(reason):
                self.rejects.set_aside(car_id, waiting[car_id][0].version, reason)
            case Confirmed():
                pass
            case _:
                assert_never(receipt)
        waiting[car_id].popleft()
        if not waiting[car_id]:
            del waiting[car_id]
        return None
