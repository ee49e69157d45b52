"""The real functions in the simulated world, from a request to a subscriber."""

from typing import Any

import pytest

from tests.simulation.world.aws import World
from tests.simulation.world.functions import Function
from tests.simulation.world.subscriber import Subscriber
from tests.support.cars import representation
from tests.support.http import read_answer, request


class Pipeline:
    def __init__(self, world: World) -> None:
        self.functions = {name: Function(name, world) for name in ("CommandApi", "QueryApi", "CommandHandler")}
        self.readers = {name: Function(name, world) for name in ("EventBroadcaster", "CarProjector")}
        self.enter(world)

    def enter(self, world: World) -> None:
        for function in (*self.functions.values(), *self.readers.values()):
            function.enter(world)
        self.world = world
        self.subscriber = Subscriber(world.subscribe("subscriber"), world.dice)

    def http(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        function = "QueryApi" if method == "GET" else "CommandApi"
        return read_answer(self.functions[function].invoke(request(method, path, body=body, headers=headers)))

    def run(self) -> None:
        while delivery := self.world.commands_mapping.poll():
            self.world.commands_mapping.succeeded(delivery, self.functions["CommandHandler"].invoke(delivery.event))
        for reader in (self.world.broadcaster, self.world.projector):
            while batch := reader.poll():
                self.readers[reader.name].invoke(batch.event)
                reader.succeeded(batch)
        while self.subscriber.take():
            pass


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(World())


def test_a_request_becomes_an_event_that_a_subscriber_hears(pipeline: Pipeline) -> None:
    pipeline.enter(World())
    car_id = pipeline.http("POST", "/cars", representation()).body["carId"]
    pipeline.http("PUT", f"/cars/{car_id}", representation(color="red", mileage=15_000))
    pipeline.run()
    assert [event["type"] for event in pipeline.subscriber.heard] == ["Created", "ColorChanged", "MileageChanged"]
    assert pipeline.http("GET", f"/cars/{car_id}").body["mileage"] == 15_000
    assert [item["version"]["N"] for item in pipeline.world.tables["CarsViewTable"].items()] == ["3"]
