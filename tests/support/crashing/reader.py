"""A subscriber that follows the contract."""

from collections import defaultdict
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from threading import Event

from tests.support.beside import beside
from tests.support.crashing.car import events_after
from tests.support.crashing.lives import Document
from tools.local.client import CarClient
from tools.subscriber import Received, Subscriber


@dataclass
class Reader:
    """A subscriber that follows the contract: takes n + 1, drops what is not newer, and reads a gap from the API."""

    client: CarClient
    taken: dict[str, list[Document]] = field(default_factory=lambda: defaultdict(list))
    gaps: list[str] = field(default_factory=list[str])

    def hear(self, received: Received) -> None:
        """Take an event, and those that it shows to be missing."""
        envelope = received.event
        taken, version = self.taken[envelope["subject"]], envelope["carversion"]
        if version <= len(taken):
            return
        if version > len(taken) + 1:
            self.gaps.append(f"{envelope['id']} after {len(taken)}")
            missing = events_after(self.client, envelope["subject"], len(taken))
            taken.extend(event for event in missing if event["version"] < version)
        taken.append(as_logged(envelope))

    def at_work(self, subscriber: Subscriber) -> AbstractContextManager[None]:
        """Take events until the end of the `with` block."""
        return beside(partial(self._run, subscriber))

    def _run(self, subscriber: Subscriber, stop: Event) -> None:
        while not stop.is_set():
            for received in subscriber.events(seconds=1):
                self.hear(received)


def as_logged(envelope: Document) -> Document:
    """Give an event of the topic as the API's log has it; who did it is in the log alone."""
    return {
        "version": envelope["carversion"],
        "type": envelope["type"],
        "schemaVersion": int(envelope["dataschema"].rpartition(":")[2]),
        "data": envelope["data"],
        "occurredAt": envelope["time"],
        "actor": "anonymous",
        "commandId": envelope["causationid"],
        "correlationId": envelope["correlationid"],
    }
