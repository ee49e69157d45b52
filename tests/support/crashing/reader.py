"""A subscriber that follows the contract."""

from contextlib import AbstractContextManager
from functools import partial
from threading import Event

from tests.support.beside import beside
from tests.support.crashing.car import events_after
from tests.support.crashing.lives import Document
from tests.support.follower import Follower
from tools.local.client import CarClient
from tools.subscriber import Received, Subscriber


class Reader(Follower):
    """Follows the events that a subscriber receives, and reads gaps from the API."""

    def __init__(self, client: CarClient) -> None:
        super().__init__(partial(events_after, client))

    def hear(self, received: Received) -> None:
        """Take an event that was received."""
        self.take(received.event["subject"], as_logged(received))

    def at_work(self, subscriber: Subscriber) -> AbstractContextManager[None]:
        """Take events until the end of the `with` block."""
        return beside(partial(self._run, subscriber))

    def _run(self, subscriber: Subscriber, stop: Event) -> None:
        while not stop.is_set():
            for received in subscriber.events(seconds=1):
                self.hear(received)


def as_logged(received: Received) -> Document:
    """Return an event of the topic as the API's log has it; who did it is in the log alone."""
    envelope = received.event
    return {
        "version": envelope["carversion"],
        "type": received.name,
        "schemaVersion": int(envelope["dataschema"].rpartition("/")[2]),
        "data": envelope["data"],
        "occurredAt": envelope["time"],
        "actor": "anonymous",
        "commandId": envelope["commandid"],
        "correlationId": envelope["correlationid"],
    }
