"""What subscribers get, by the rules of CloudEvents 1.0 and its JSON format."""

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from resources.cars import CARS, Color, ColorChanged, Condition, ConditionChanged, Deleted, MileageChanged, OwnerChanged
from tests.support.cars import ANOTHER_OWNER, CAR_ID, car_created, representation
from tests.support.commits import CORRELATION_ID, commits_of, published
from trigger_pattern.application.cloud_event import cloud_event
from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.aws.messaging.event_message import event_message, filter_attributes

SOURCE = "tag:example.com,2026:cars/cars-prod"

COMMITS = commits_of(
    [car_created()],
    [
        ColorChanged(Color.RED),
        MileageChanged(15_000),
        OwnerChanged(ANOTHER_OWNER),
        ConditionChanged(Condition.POOR),
    ],
    [Deleted()],
)
EVENTS = published(*COMMITS)
PAINTED = EVENTS[1]

every_event = pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.event["type"])


def test_an_event_is_published_in_this_envelope() -> None:
    assert cloud_event(CARS, PAINTED, SOURCE) == {
        "specversion": "1.0",
        "id": f"{CAR_ID}/2",
        "source": SOURCE,
        "type": "com.example.car.ColorChanged",
        "subject": CAR_ID,
        "time": "2026-11-01T11:01:00.045Z",
        "datacontenttype": "application/json",
        "dataschema": "tag:example.com,2026:schemas/cars/ColorChanged/1",
        "sequence": "0000000002",
        "carversion": 2,
        "correlationid": CORRELATION_ID,
        "commandid": COMMITS[1].command_id,
        "data": {"color": "red"},
    }


@pytest.mark.parametrize(
    ("event", "data"),
    [
        (EVENTS[0], representation()),
        (EVENTS[2], {"mileage": 15_000}),
        (EVENTS[3], {"owner": str(ANOTHER_OWNER)}),
        (EVENTS[4], {"condition": "poor"}),
        (EVENTS[5], {}),
    ],
)
def test_its_data_is_what_changed_and_nothing_else(event: PublishedEvent, data: dict[str, Any]) -> None:
    assert cloud_event(CARS, event, SOURCE)["data"] == data


@every_event
def test_its_attributes_keep_the_rules_of_cloudevents(event: PublishedEvent) -> None:
    """Names of lower-case letters and digits; values of text or of 32 bits; a time and a URI as their RFCs say."""
    attributes = {name: value for name, value in cloud_event(CARS, event, SOURCE).items() if name != "data"}
    assert [name for name in attributes if not re.fullmatch("[a-z0-9]{1,20}", name)] == []
    assert all(isinstance(v, str) or (type(v) is int and abs(v) < 2**31) for v in attributes.values())
    assert all(isinstance(attributes[name], str) and attributes[name] for name in ("id", "source", "type"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", attributes["time"])
    assert datetime.fromisoformat(attributes["time"]) == event.commit.occurred_at
    assert urlsplit(attributes["dataschema"]).scheme


@every_event
def test_an_event_is_json_as_it_stands(event: PublishedEvent) -> None:
    envelope = cloud_event(CARS, event, SOURCE)
    assert json.loads(json.dumps(envelope, allow_nan=False)) == envelope


def test_source_and_id_name_an_event_uniquely() -> None:
    assert len({(cloud_event(CARS, e, SOURCE)["source"], cloud_event(CARS, e, SOURCE)["id"]) for e in EVENTS}) == len(
        EVENTS
    )


def test_the_sequence_orders_as_text() -> None:
    later = [PublishedEvent(PAINTED.commit, PAINTED.event, version) for version in (2, 9, 10, 99, 100, 10**9)]
    sequences = [cloud_event(CARS, event, SOURCE)["sequence"] for event in later]
    assert sequences == sorted(sequences)


def test_a_filter_policy_can_ask_for_type_car_version_and_make() -> None:
    assert filter_attributes(CARS, PAINTED) == {
        "type": {"DataType": "String", "StringValue": "ColorChanged"},
        "carId": {"DataType": "String", "StringValue": CAR_ID},
        "version": {"DataType": "Number", "StringValue": "2"},
        "make": {"DataType": "String", "StringValue": "BMW"},
    }


@every_event
def test_every_event_tells_its_cars_make_a_deletion_too(event: PublishedEvent) -> None:
    assert filter_attributes(CARS, event)["make"] == {"DataType": "String", "StringValue": "BMW"}


def test_an_event_whose_cars_make_is_not_known_is_not_published() -> None:
    with pytest.raises(ValueError, match="filters"):
        filter_attributes(CARS, replace(PAINTED, filters={}))


def test_an_event_of_a_replay_is_the_same_event_under_another_deduplication_id() -> None:
    first, again = event_message(CARS, PAINTED, SOURCE), event_message(CARS, PAINTED, SOURCE, "r1")
    assert again.body == first.body
    assert (first.deduplication_id, again.deduplication_id) == (f"{CAR_ID}/2", f"{CAR_ID}/2/r1")
    assert again.attributes["replay"] == {"DataType": "String", "StringValue": "r1"}
    assert "replay" not in first.attributes
