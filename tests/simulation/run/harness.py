"""The harness of a run: its world, instances, ledger and pollers."""

from dataclasses import dataclass
from typing import Any

from tests.simulation.run.follower import Follower
from tests.simulation.run.histories import Histories
from tests.simulation.run.instances import Instances
from tests.simulation.run.ledger import Ledger
from tests.simulation.run.local_faults import LocalFaults
from tests.simulation.run.view_states import ViewStates
from tests.simulation.run.watching import watch
from tests.simulation.world.aws import World
from tests.simulation.world.dice import Chosen
from tests.simulation.world.functions import FunctionFailed
from tests.simulation.world.queue_mapping import Delivery, QueueMapping
from tests.simulation.world.stream_reader import StreamReader
from tests.simulation.world.subscriber import Subscriber
from tests.support.http import Answer, read_answer, request


@dataclass
class Harness:
    """Everything of one run. Each action is written into the story and checked by the invariants."""

    world: World
    instances: Instances

    def __post_init__(self) -> None:
        world = self.world
        self.ledger = Ledger(world.resource)
        self.subject = self.instances.subject
        self.histories = Histories(world, self.subject)
        self.faults = LocalFaults(world.dice, world.faults_at, resource=self.subject.resource)
        world.faults = self.faults
        lapses, lost = (max(0.0, world.dice.between(f"rate of {what}", -0.2, 0.2)) for what in ("lapses", "lost"))
        subscriber = Subscriber(world.subscribe("subscriber"), world.dice, lapses, lost)
        self.follower = Follower(subscriber, self.subject.resource, self.get)
        self.witness = world.subscribe("witness")
        self.view_states = ViewStates()
        world.tables[world.own("ViewTable")].changed = self.view_states.changed
        self.mappings: list[QueueMapping] = [world.commands_mapping]
        self.aggregate_ids: list[str] = []
        self.instances.enter(world)

    def note(self, what: str) -> None:
        """Write a line into the story."""
        self.world.dice.story.append(Chosen(self.world.clock.now, what, -1))

    def look(self) -> None:
        """Check the invariants of what is new. Raises Violation."""
        watch(self.world, self.histories, self.ledger)

    def http(
        self, method: str, path: str, body: dict[str, Any] | None = None, query: str = "", **headers: str
    ) -> Answer | None:
        """Return the answer to a request, from the function that has its route; None if it failed."""
        name = "QueryApi" if method == "GET" else "CommandApi"
        event = request(method, path, body=body, headers=headers, query=query)
        try:
            return read_answer(self.instances.invoke(self.world, name, event))
        except FunctionFailed as failure:
            self.note(f"no answer to {method} {path}: {failure}")
            return None

    def get(self, path: str, query: str = "") -> Answer | None:
        """Return the answer to a GET; None if it failed or every instance is busy."""
        if not self.instances.has_free("QueryApi"):
            return None
        answer = self.http("GET", path, query=query)
        self.ledger.log.append([path, query, answer and [answer.status, answer.body]])
        return answer

    def handle(self, mapping: QueueMapping) -> bool:
        """Have the command handler take a batch; return whether there was one."""
        if not self.instances.has_free(self.world.own("CommandHandler")):
            return False
        delivery = mapping.poll()
        if delivery is None:
            return False
        self.look()
        with self.ledger.delivered(delivery, self.histories.heads()):
            self._invoke_handler(mapping, delivery)
        self.look()
        return True

    def _invoke_handler(self, mapping: QueueMapping, delivery: Delivery) -> None:
        try:
            response = self.instances.invoke(self.world, self.world.own("CommandHandler"), delivery.event)
            self.note(f"commands handled: {len(delivery.taken)}, {response}")
            mapping.succeeded(delivery, response)
        except FunctionFailed as failure:
            self.note(f"commands not handled: {failure}")
            mapping.failed(delivery)

    def read_stream(self, reader: StreamReader) -> bool:
        """Have a stream reader take a batch; return whether there was one."""
        batch = reader.poll() if self.instances.has_free(reader.name) else None
        if batch is None:
            return False
        try:
            self.instances.invoke(self.world, reader.name, batch.event)
            reader.succeeded(batch)
        except FunctionFailed as failure:
            self.note(f"records not dealt with: {failure}")
            reader.failed(batch)
        return True

    def retry_projecting(self) -> bool:
        """Have the projector retry what waits for newer code; return whether there was any."""
        mapping, projector = self.world.retries_mapping, self.world.own("Projector")
        delivery = mapping.poll() if self.instances.has_free(projector) else None
        if delivery is None:
            return False
        try:
            mapping.succeeded(delivery, self.instances.invoke(self.world, projector, delivery.event))
        except FunctionFailed as failure:
            self.note(f"cars not projected again: {failure}")
            mapping.failed(delivery)
        return True

    def work(self) -> bool:
        """Have every poller take one batch; return whether any had something to do."""
        handled = [self.handle(mapping) for mapping in self.mappings]
        read = [self.read_stream(reader) for reader in (self.world.broadcaster, self.world.projector)]
        self.world.topic.deliver()
        return any([*handled, *read, self.retry_projecting(), self.follower.follow()])
