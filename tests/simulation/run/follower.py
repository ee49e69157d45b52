"""A subscriber that follows the contract: takes n + 1, drops what is not above n, and reads a gap from the API."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tests.simulation.subject.subject import Event
from tests.simulation.world.subscriber import Subscriber
from tests.support.http import Answer
from trigger_pattern.definition.resource import AnyResource

Get: TypeAlias = Callable[[str, str], Answer | None]
"""Reads a path with a query; None where there was no answer."""


@dataclass
class Follower:
    """Keeps the events of each car in order; what comes while a gap cannot be read waits for the next time."""

    subscriber: Subscriber
    resource: AnyResource
    taken: defaultdict[str, list[tuple[int, Event]]] = field(
        default_factory=lambda: defaultdict[str, list[tuple[int, Event]]](list)
    )
    _read: int = 0
    _busy: bool = False

    def follow(self, get: Get) -> bool:
        """Read a batch and take what is in it, one at a time; say whether there was anything to do."""
        if self._busy:
            return False
        self._busy = True
        came, before = self.subscriber.take(), self._read
        while self._read < len(self.subscriber.heard) and self._take(self.subscriber.heard[self._read], get):
            self._read += 1
        self._busy = False
        return bool(came) or self._read > before

    def catch_up(self, car_id: str, get: Get) -> bool:
        """Read what follows the last event taken; say whether it could be read."""
        while True:
            answer = get(f"/{self.resource.plural}/{car_id}/events", f"after={self.version(car_id)}&limit=2")
            if answer is None or answer.status != 200:
                return False
            for event in answer.body["events"]:
                self.taken[car_id].append((event["version"], (event["type"], event["data"])))
            if "next" not in answer.body:
                return True

    def version(self, car_id: str) -> int:
        """Give the version taken last."""
        return self.taken[car_id][-1][0] if self.taken[car_id] else 0

    def _take(self, event: dict[str, Any], get: Get) -> bool:
        car_id, version = event["subject"], event[self.resource.version]
        if version > self.version(car_id) + 1 and not self.catch_up(car_id, get):
            return False
        if version == self.version(car_id) + 1:
            self.taken[car_id].append((version, (event["type"], event["data"])))
        return True
