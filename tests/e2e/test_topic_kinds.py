"""The topic's kinds, as the template's parameters make them, and what a filter policy lets through."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.pipeline import Pipeline
from tools.local.client import CarClient
from tools.local.stack import local_stack
from tools.subscriber import Received, Subscriber


@pytest.fixture(scope="module")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    """The system with a standard topic."""
    file = tmp_path_factory.mktemp("stack") / "stack.json"
    with local_stack(stack_file=file, parameters={"TopicType": "standard"}) as stack:
        client = CarClient(stack.api_url)
        yield Pipeline(stack, client)
        client.http.close()


FILTERED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "by type": ({"type": ["MileageChanged", "Deleted"]}, ["MileageChanged", "Deleted"]),
    "by make": ({"make": ["Ford"]}, ["Created", "MileageChanged", "Deleted"]),
    "by another make": ({"make": ["BMW"]}, ["Created"]),
    "by version": ({"version": [{"numeric": [">=", 3]}], "make": ["Ford"]}, ["Deleted"]),
    "no replay": ({"replay": [{"exists": False}], "type": ["Deleted"]}, ["Deleted"]),
}


@pytest.mark.parametrize("kind", ["fifo", "standard"])
@pytest.mark.parametrize("case", FILTERED)
def test_a_subscriber_hears_what_its_filter_policy_asks_for(
    case: str, kind: str, pipeline: Pipeline, request: pytest.FixtureRequest
) -> None:
    chosen = pipeline if kind == "fifo" else request.getfixturevalue("standard")
    policy, expected = FILTERED[case]
    with subscribed(chosen, policy) as subscriber:
        cars = live(chosen)
        heard = subscriber.take(len(expected), seconds=20)
        rest = subscriber.take(1, seconds=1)
    assert sorted(received.name for received in heard) == sorted(expected)
    assert {received.event["subject"] for received in [*heard, *rest]} <= set(cars)
    assert rest == []


@pytest.mark.parametrize("kind", ["fifo", "standard"])
def test_a_subscriber_follows_one_car(kind: str, pipeline: Pipeline, request: pytest.FixtureRequest) -> None:
    chosen = pipeline if kind == "fifo" else request.getfixturevalue("standard")
    car_id = chosen.create()
    with subscribed(chosen, {"carId": [car_id]}) as subscriber:
        chosen.create()
        chosen.put(car_id, color="red")
        (received,) = subscriber.take(1, seconds=20)
    assert (received.event["subject"], received.name) == (car_id, "ColorChanged")
    assert received.attributes["make"] == "BMW"


def test_a_standard_topic_brings_every_event_without_groups(standard: Pipeline) -> None:
    with subscribed(standard) as subscriber:
        car_id = standard.create()
        standard.put(car_id, color="red", mileage=15_000)
        heard = subscriber.take(3, seconds=20)
    assert sorted(versions_of(heard, car_id)) == [1, 2, 3]
    assert {received.group for received in heard} == {""}


def test_a_topic_with_an_archive_broadcasts_as_any(tmp_path: Path) -> None:
    with local_stack(stack_file=tmp_path / "stack.json", parameters={"TopicArchiveDays": "7"}) as stack:
        archived = Pipeline(stack, CarClient(stack.api_url))
        with subscribed(archived) as subscriber:
            car_id = archived.create()
            assert versions_of(subscriber.take(1, seconds=20), car_id) == [1]
        attributes = stack.aws.sns().get_topic_attributes(TopicArn=stack.of("car").events_topic_arn)["Attributes"]
        archived.client.http.close()
    assert json.loads(attributes["ArchivePolicy"]) == {"MessageRetentionPeriod": "7"}


def live(pipeline: Pipeline) -> list[str]:
    """Create and delete a Ford, and create a BMW; return their ids."""
    ford = pipeline.create(make="Ford", model="F150")
    bmw = pipeline.create()
    pipeline.put(ford, make="Ford", model="F150", mileage=20_000)
    pipeline.client.outcome(pipeline.client.accepted("DELETE", f"/cars/{ford}"))
    return [ford, bmw]


def subscribed(pipeline: Pipeline, policy: dict[str, Any] | None = None) -> Subscriber:
    stack = pipeline.stack
    return Subscriber(stack.aws, stack.of("car").events_topic_arn, policy, fifo=stack.events_topic_type == "fifo")


def versions_of(heard: list[Received], car_id: str) -> list[int]:
    return [received.event["carversion"] for received in heard if received.event["subject"] == car_id]
