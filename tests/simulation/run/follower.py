"""A subscriber that follows the contract, by the one reader of all tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from tests.simulation.subject.subject import Event
from tests.simulation.world.subscriber import Subscriber
from tests.support.follower import Document
from tests.support.follower import Follower as Reader
from tests.support.http import Answer
from trigger_pattern.definition.resource import AnyResource

Get: TypeAlias = Callable[[str, str], Answer | None]
"""Reads a path with a query; None if there was no answer."""


class _Unreadable(Exception):
    """The event log could not be read this time."""


@dataclass
class Follower:
    """Keeps the events of each car in order; if a gap cannot be read, what came waits for the next time."""

    subscriber: Subscriber
    resource: AnyResource
    get: Get

    def __post_init__(self) -> None:
        self._reader = Reader(self._log_after)
        self._read, self._busy = 0, False

    def follow(self) -> bool:
        """Read a batch and take what is in it, one at a time; return whether there was anything to do."""
        if self._busy:
            return False
        self._busy = True
        came, before = self.subscriber.take(), self._read
        while self._read < len(self.subscriber.heard) and self._take(self.subscriber.heard[self._read]):
            self._read += 1
        self._busy = False
        return bool(came) or self._read > before

    def catch_up(self, aggregate_id: str) -> None:
        """Read what follows the last event taken, as far as it can be read."""
        try:
            for event in self._log_after(aggregate_id, len(self._reader.taken[aggregate_id])):
                self._reader.take(aggregate_id, event)
        except _Unreadable:
            return

    def taken(self, aggregate_id: str) -> list[tuple[int, Event]]:
        """Return the events of a car with their versions, as they were taken."""
        return [(event["version"], (event["type"], event["data"])) for event in self._reader.taken[aggregate_id]]

    def _take(self, event: dict[str, Any]) -> bool:
        name = event["type"].removeprefix(self.resource.event_type(""))
        as_in_the_log = {**event, "version": event[self.resource.version], "type": name}
        try:
            self._reader.take(event["subject"], as_in_the_log)
        except _Unreadable:
            return False
        return True

    def _log_after(self, aggregate_id: str, version: int) -> Iterator[Document]:
        while True:
            answer = self.get(f"/{self.resource.plural}/{aggregate_id}/events", f"after={version}&limit=2")
            if answer is None or answer.status != 200:
                raise _Unreadable
            yield from answer.body["events"]
            if "next" not in answer.body:
                return
            version = answer.body["events"][-1]["version"]
