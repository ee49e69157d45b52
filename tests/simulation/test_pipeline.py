"""The real functions in the simulated world, from a request to a subscriber."""

from typing import Any
from urllib.parse import urljoin

import pytest

from tests.simulation.pipeline import Pipeline
from tests.simulation.run.local_faults import LocalFaults
from tests.simulation.world.aws import World
from tests.simulation.world.faults import Kind
from tests.simulation.world.functions import FunctionFailed
from tests.support.cars import representation
from trigger_pattern.aws.messaging.deliveries import PATIENCE

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
    types = [event["type"].rpartition(".")[2] for event in pipeline.subscriber.heard]
    assert types == ["Created", "ColorChanged", "MileageChanged"]
    assert pipeline.http("GET", f"/cars/{car_id}").body["mileage"] == 15_000
    assert pipeline.http("GET", f"/cars/{car_id}").headers["ETag"] == '"3"'
    assert [item["version"]["N"] for item in pipeline.world.tables["CarViewTable"].items()] == ["3"]


def test_who_prefers_to_wait_is_answered_when_others_act_meanwhile(pipeline: Pipeline) -> None:
    pipeline.world.meanwhile = lambda host, point: host.name == "CommandApi" and point == "sleep" and pipeline.step()
    assert pipeline.http("POST", "/cars", representation(), prefer="wait=10").status == 201


def test_what_waits_behind_a_lasting_fault_is_dead_lettered_before_it_is_forgotten(pipeline: Pipeline) -> None:
    """SQS delivers ten of a car's messages at a time, so to wait two days for each ten would take weeks."""
    world = pipeline.world
    car_id = pipeline.http("POST", "/cars", representation()).body["carId"]
    pipeline.run()
    faults = world.faults = LocalFaults(world.dice, stuck={car_id})
    sent_at = world.clock.now
    changes = [{"mileage": 20_000 + number} for number in range(700)]
    accepted = [pipeline.http("PATCH", f"/cars/{car_id}", change).body["commandId"] for change in changes]
    pipeline.run()
    ended_at = [letter.sent_at - sent_at for letter in world.commands_dlq.messages]
    faults.stuck.clear()
    commands = [f"/cars/{car_id}/commands/{command_id}" for command_id in accepted]
    assert {pipeline.http("GET", command).body["status"] for command in commands} == {"failed"}
    assert ended_at[0] > PATIENCE.total_seconds()
    assert ended_at[-1] - ended_at[0] < 3600


def test_a_car_goes_on_within_seconds_after_a_fault_that_passed(pipeline: Pipeline) -> None:
    world = pipeline.world
    car_id = pipeline.http("POST", "/cars", representation()).body["carId"]
    pipeline.run()
    world.faults.script("Query", *[Kind.THROTTLED] * 9)  # the first three deliveries, three attempts each
    began_at = world.clock.now
    pipeline.http("PATCH", f"/cars/{car_id}", {"color": "red"})
    pipeline.run()
    assert pipeline.http("GET", f"/cars/{car_id}").body["color"] == "red"
    assert world.clock.now - began_at < 30


def storm(pipeline: Pipeline, seed: int) -> tuple[Any, ...]:
    """Send a few commands through a world where things go wrong, and let it come to its end; tell all that was seen."""
    world = World.with_random_faults(seed)
    pipeline.enter(world)
    for number in range(4):
        for method, path, body in (("POST", "/cars", representation()), ("GET", f"/cars/{number}", None)):
            try:
                answer = pipeline.http(method, path, body)
                pipeline.http(
                    "PUT", urljoin(path, answer.headers["Location"]), representation(color="red", mileage=15_000)
                )
            except (FunctionFailed, KeyError):
                continue
            pipeline.step()
    world.quiet()
    pipeline.run()
    return world.dice.tell(), world.tables["CarEventsTable"].items(), pipeline.subscriber.heard


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
