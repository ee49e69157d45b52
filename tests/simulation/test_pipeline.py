"""The real functions in the simulated world, from a request to a subscriber."""

from typing import Any

import pytest

from tests.simulation.run.weather import LocalFaults
from tests.simulation.world.aws import World
from tests.simulation.world.functions import Function, FunctionFailed
from tests.simulation.world.subscriber import Subscriber
from tests.support.cars import representation
from tests.support.http import Answer, read_answer, request


class Pipeline:
    """One instance of each function, moved from world to world."""

    def __init__(self, world: World) -> None:
        names = ("CommandApi", "QueryApi", "CommandHandler", "EventBroadcaster", "CarProjector")
        self.functions = {name: Function(name, world) for name in names}
        self.enter(world)

    def enter(self, world: World) -> None:
        for function in self.functions.values():
            function.enter(world)
        self.world = world
        self.subscriber = Subscriber(world.subscribe("subscriber"), world.dice)

    def http(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        function = "QueryApi" if method == "GET" else "CommandApi"
        return read_answer(self.functions[function].invoke(request(method, path, body=body, headers=headers)))

    def step(self) -> bool:
        """Let each poller do one thing; say whether any had something to do."""
        return any([self._handle(), self._read("EventBroadcaster"), self._read("CarProjector"), self.subscriber.take()])

    def run(self) -> None:
        """Go on until nothing is left to do, however long that takes in the world."""
        while self.step() or self._waited():
            pass

    def _waited(self) -> bool:
        at = self.world.next_change()
        if at is not None:
            self.world.clock.advance_to(at)
        return at is not None

    def _handle(self) -> bool:
        mapping = self.world.commands_mapping
        delivery = mapping.poll()
        if delivery:
            try:
                mapping.succeeded(delivery, self.functions["CommandHandler"].invoke(delivery.event))
            except FunctionFailed:
                mapping.failed(delivery)
        return delivery is not None

    def _read(self, name: str) -> bool:
        reader = {"EventBroadcaster": self.world.broadcaster, "CarProjector": self.world.projector}[name]
        batch = reader.poll()
        if batch:
            try:
                self.functions[name].invoke(batch.event)
                reader.succeeded(batch)
            except FunctionFailed:
                reader.failed(batch)
        return batch is not None


_pipelines: list[Pipeline] = []


@pytest.fixture
def pipeline() -> Pipeline:
    if not _pipelines:
        _pipelines.append(Pipeline(World()))
    _pipelines[0].enter(World())
    return _pipelines[0]


def test_a_request_becomes_events_that_a_subscriber_hears(pipeline: Pipeline) -> None:
    car_id = pipeline.http("POST", "/cars", representation()).body["carId"]
    pipeline.http("PUT", f"/cars/{car_id}", representation(color="red", mileage=15_000))
    pipeline.run()
    assert [event["type"] for event in pipeline.subscriber.heard] == ["Created", "ColorChanged", "MileageChanged"]
    assert pipeline.http("GET", f"/cars/{car_id}").body["mileage"] == 15_000
    assert pipeline.http("GET", f"/cars/{car_id}").headers["ETag"] == '"3"'
    assert [item["version"]["N"] for item in pipeline.world.tables["CarsViewTable"].items()] == ["3"]


def test_who_prefers_to_wait_is_answered_when_others_act_meanwhile(pipeline: Pipeline) -> None:
    pipeline.world.meanwhile = lambda host, point: host.name == "CommandApi" and point == "sleep" and pipeline.step()
    assert pipeline.http("POST", "/cars", representation(), prefer="wait=10").status == 201


def test_what_waits_behind_a_lasting_fault_is_set_aside_before_it_is_forgotten(pipeline: Pipeline) -> None:
    """SQS delivers ten of a car's messages at a time, so to try each ten for two days would take weeks."""
    world = pipeline.world
    car_id = pipeline.http("POST", "/cars", representation()).body["carId"]
    pipeline.run()
    faults = world.faults = LocalFaults(world.dice, stuck={car_id})
    changes = [{"mileage": 20_000 + number} for number in range(80)]
    accepted = [pipeline.http("PATCH", f"/cars/{car_id}", change).body["command"] for change in changes]
    pipeline.run()
    faults.stuck.clear()
    assert {pipeline.http("GET", command).body["status"] for command in accepted} == {"failed"}


def storm(pipeline: Pipeline, seed: int) -> tuple[Any, ...]:
    """Send a few commands through a world where things go wrong, and let it come to its end; tell all that was seen."""
    world = World.stormy(seed)
    pipeline.enter(world)
    for number in range(4):
        for method, path, body in (("POST", "/cars", representation()), ("GET", f"/cars/{number}", None)):
            try:
                answer = pipeline.http(method, path, body)
                pipeline.http("PUT", answer.headers["Location"], representation(color="red", mileage=15_000))
            except (FunctionFailed, KeyError):
                continue
            pipeline.step()
    world.quiet()
    pipeline.run()
    return world.dice.tell(), world.tables["EventsTable"].items(), pipeline.subscriber.heard


@pytest.mark.parametrize("seed", range(10))
def test_a_seed_tells_the_same_story_every_time(pipeline: Pipeline, seed: int) -> None:
    assert storm(pipeline, seed) == storm(pipeline, seed)


def test_a_storm_ends_with_every_event_heard(pipeline: Pipeline) -> None:
    for seed in range(20):
        _, items, heard = storm(pipeline, seed)
        stored = {
            (item["carId"]["S"], int(item["version"]["N"]) + i)
            for item in items
            for i in range(len(item["events"]["L"]))
        }
        assert {(event["subject"], event["carversion"]) for event in heard} == stored, seed
