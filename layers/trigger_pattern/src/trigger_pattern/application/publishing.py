"""Publish events in order: never two of a resource in one batch, and its next only after its last was confirmed."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeAlias, assert_never

from trigger_pattern.application.commits import PublishedEvent, StoredCommit, events_of
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import CorruptEvent

BATCH_SIZE = 10
"""SNS accepts up to ten messages in a PublishBatch."""


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
    """Publishes events."""

    def publish(self, batch: Sequence[PublishedEvent]) -> Sequence[Receipt]:
        """Publish at most BATCH_SIZE events, and return a receipt for each, in order."""
        ...


class SetAside(Protocol):
    """Dead-letters commits that can never be published."""

    def set_aside(self, aggregate_id: str, version: int, reason: str) -> None:
        """Dead-letter the resource's id, the version that could not be published, and the reason."""
        ...


class PublishingFailed(Exception):
    """Some events were not published; the whole batch must be delivered again."""


class NoFilters(Exception):
    """A commit's filter values cannot be found; the text has the reason."""


FiltersOf: TypeAlias = Callable[[StoredCommit], Mapping[str, str]]
"""Returns the values of the filters of a commit's resource, for filter policies. Raises NoFilters."""


@dataclass(frozen=True)
class Broadcaster:
    """Publishes the events of commits. Newer code's events are published as they are stored."""

    resource: AnyResource
    topic: Topic
    rejects: SetAside
    filters_of: FiltersOf

    def broadcast(self, commits: Iterable[StoredCommit]) -> None:
        """Publish all events of commits. Raises PublishingFailed, and the faults of reading filters."""
        self.publish(published for commit in commits for published in self._events_of(commit))

    def publish(self, events: Iterable[PublishedEvent]) -> None:
        """Publish events in order. After a failure, publish nothing more of that resource. Raises PublishingFailed."""
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
            return events_of(self.resource, commit, self.filters_of(commit))
        except (CorruptEvent, NoFilters) as reason:
            self.rejects.set_aside(commit.aggregate_id, commit.version, str(reason))
            return ()

    def _publish_next(self, waiting: dict[str, deque[PublishedEvent]]) -> list[str]:
        ids = list(islice(waiting, BATCH_SIZE))
        receipts = self.topic.publish([waiting[aggregate_id][0] for aggregate_id in ids])
        return [
            f"{aggregate_id}: {failure}"
            for aggregate_id, receipt in zip(ids, receipts, strict=True)
            if (failure := self._settle(waiting, aggregate_id, receipt))
        ]

    def _settle(self, waiting: dict[str, deque[PublishedEvent]], aggregate_id: str, receipt: Receipt) -> str | None:
        match receipt:
            case Failed(reason):
                del waiting[aggregate_id]
                return reason
            case Rejected(reason):
                self.rejects.set_aside(aggregate_id, waiting[aggregate_id][0].version, reason)
            case Confirmed():
                pass
            case _:
                assert_never(receipt)
        waiting[aggregate_id].popleft()
        if not waiting[aggregate_id]:
            del waiting[aggregate_id]
        return None
