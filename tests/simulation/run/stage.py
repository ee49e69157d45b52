"""Where a run takes place: its world, its functions, its books, and the pollers that there are."""

from dataclasses import dataclass
from typing import Any

from tests.simulation.run.books import Books
from tests.simulation.run.fleet import Fleet
from tests.simulation.run.follower import Follower
from tests.simulation.run.shown import Shown
from tests.simulation.run.truth import Truth
from tests.simulation.run.watching import watch
from tests.simulation.run.weather import LocalFaults
from tests.simulation.world.aws import World
from tests.simulation.world.dice import Chosen
from tests.simulation.world.functions import FunctionFailed
from tests.simulation.world.queue_mapping import Delivery, QueueMapping
from tests.simulation.world.stream_reader import StreamReader
from tests.simulation.world.subscriber import Subscriber
from tests.support.http import Answer, read_answer, request


@dataclass
class Stage:
    """Everything of one run. Whatever is done here is written into the story, and looked at by the invariants."""

    world: World
    fleet: Fleet

    def __post_init__(self) -> None:
        world = self.world
        self.books = Books(world.resource)
        self.subject = self.fleet.subject
        self.truth = Truth(world, self.subject)
        self.faults = LocalFaults(world.dice, world.faults_at, resource=self.subject.resource)
        world.faults = self.faults
        lapses, lost = (max(0.0, world.dice.between(f"rate of {what}", -0.2, 0.2)) for what in ("lapses", "lost"))
        subscriber = Subscriber(world.subscribe("subscriber"), world.dice, lapses, lost)
        self.follower = Follower(subscriber, self.subject.resource, self.get)
        self.witness = world.subscribe("witness")
        self.shown = Shown()
        world.tables[world.own("ViewTable")].changed = self.shown.changed
        self.mappings: list[QueueMapping] = [world.commands_mapping]
        self.car_ids: list[str] = []
        self.fleet.enter(world)

    def note(self, what: str) -> None:
        """Write a line into the story."""
        self.world.dice.story.append(Chosen(self.world.clock.now, what, -1))

    def look(self) -> None:
        """Have the invariants look at what is new. Raises Broken."""
        watch(self.world, self.truth, self.books)

    def http(
        self, method: str, path: str, body: dict[str, Any] | None = None, query: str = "", **headers: str
    ) -> Answer | None:
        """Send a request to whichever function has its route; None where it came to no answer."""
        name = "QueryApi" if method == "GET" else "CommandApi"
        event = request(method, path, body=body, headers=headers, query=query)
        try:
            return read_answer(self.fleet.invoke(self.world, name, event))
        except FunctionFailed as failure:
            self.note(f"no answer to {method} {path}: {failure}")
            return None

    def get(self, path: str, query: str = "") -> Answer | None:
        """Read; None where there was no answer, as where everyone is busy."""
        if not self.fleet.has_free("QueryApi"):
            return None
        answer = self.http("GET", path, query=query)
        self.books.log.append([path, query, answer and [answer.status, answer.body]])
        return answer

    def handle(self, mapping: QueueMapping) -> bool:
        """Have the command handler take a batch; say whether there was one."""
        if not self.fleet.has_free(self.world.own("CommandHandler")):
            return False
        delivery = mapping.poll()
        if delivery is None:
            return False
        self.look()
        with self.books.delivered(delivery, self.truth.heads()):
            self._invoke_handler(mapping, delivery)
        self.look()
        return True

    def _invoke_handler(self, mapping: QueueMapping, delivery: Delivery) -> None:
        try:
            response = self.fleet.invoke(self.world, self.world.own("CommandHandler"), delivery.event)
            self.note(f"commands handled: {len(delivery.taken)}, {response}")
            mapping.succeeded(delivery, response)
        except FunctionFailed as failure:
            self.note(f"commands not handled: {failure}")
            mapping.failed(delivery)

    def read_stream(self, reader: StreamReader) -> bool:
        """Have a reader of the stream take a batch; say whether there was one."""
        batch = reader.poll() if self.fleet.has_free(reader.name) else None
        if batch is None:
            return False
        try:
            self.fleet.invoke(self.world, reader.name, batch.event)
            reader.succeeded(batch)
        except FunctionFailed as failure:
            self.note(f"records not dealt with: {failure}")
            reader.failed(batch)
        return True

    def retry_projecting(self) -> bool:
        """Have the projector try again what waits for newer code; say whether there was any."""
        mapping, projector = self.world.retries_mapping, self.world.own("Projector")
        delivery = mapping.poll() if self.fleet.has_free(projector) else None
        if delivery is None:
            return False
        try:
            mapping.succeeded(delivery, self.fleet.invoke(self.world, projector, delivery.event))
        except FunctionFailed as failure:
            self.note(f"cars not projected again: {failure}")
            mapping.failed(delivery)
        return True

    def work(self) -> bool:
        """Have every poller take one batch; say whether any had something to do."""
        handled = [self.handle(mapping) for mapping in self.mappings]
        read = [self.read_stream(reader) for reader in (self.world.broadcaster, self.world.projector)]
        self.world.topic.deliver()
        return any([*handled, *read, self.retry_projecting(), self.follower.follow()])
