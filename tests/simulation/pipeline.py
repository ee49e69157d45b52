"""One instance of each real function in a simulated world, driven step by step."""

from typing import Any

from tests.simulation.world.aws import World
from tests.simulation.world.functions import Function, FunctionFailed
from tests.simulation.world.subscriber import Subscriber
from tests.support.http import Answer, read_answer, request


class Pipeline:
    """One instance of each function, moved from world to world."""

    def __init__(self, world: World) -> None:
        names = ("CommandApi", "QueryApi", "CarCommandHandler", "CarEventBroadcaster", "CarProjector")
        self.functions = {name: Function(name, world) for name in names}
        self.enter(world)

    def enter(self, world: World) -> None:
        """Go on in another world, with a subscriber there."""
        for function in self.functions.values():
            function.enter(world)
        self.world = world
        self.subscriber = Subscriber(world.subscribe("subscriber"), world.dice)

    def http(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Send a request to the function that has its method."""
        function = "QueryApi" if method == "GET" else "CommandApi"
        return read_answer(self.functions[function].invoke(request(method, path, body=body, headers=headers)))

    def step(self) -> bool:
        """Let each poller do one thing; return whether any had something to do."""
        return any(
            [self.handle(), self._read("CarEventBroadcaster"), self._read("CarProjector"), self.subscriber.take()]
        )

    def run(self) -> None:
        """Go on until nothing is left to do, however long that takes in the world."""
        while self.step() or self._waited():
            pass

    def handle(self) -> bool:
        """Let the command handler take one batch; return whether there was one."""
        mapping = self.world.commands_mapping
        delivery = mapping.poll()
        if delivery:
            try:
                mapping.succeeded(delivery, self.functions["CarCommandHandler"].invoke(delivery.event))
            except FunctionFailed:
                mapping.failed(delivery)
        return delivery is not None

    def _waited(self) -> bool:
        at = self.world.next_change()
        if at is not None:
            self.world.clock.advance_to(at)
        return at is not None

    def _read(self, name: str) -> bool:
        reader = {"CarEventBroadcaster": self.world.broadcaster, "CarProjector": self.world.projector}[name]
        batch = reader.poll()
        if batch:
            try:
                self.functions[name].invoke(batch.event)
                reader.succeeded(batch)
            except FunctionFailed:
                reader.failed(batch)
        return batch is not None
