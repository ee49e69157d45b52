"""What comes out of a batch of messages, of which some cannot be handled."""

import json
from pathlib import Path
from typing import Any

import pytest

from mileage.batch import handle_in_order
from mileage.events import CarEvent, NotAnEvent, read_message
from tests.examples.mileage_world import CAR, created, message, record, story
from tests.golden.recording import FOLDER

EVENT = story(created())[0]


def test_an_event_is_read_from_its_envelope() -> None:
    assert read_message(message(EVENT)) == EVENT


def test_an_event_of_the_first_form_is_read_as_the_same_event() -> None:
    events = recorded(FOLDER / "events.json")
    assert len(events) > 20
    assert recorded(FOLDER / "first_form" / "events.json") == events


@pytest.mark.parametrize(
    "event_type", ["org.example.car.Created", "com.example.account.Created", "com.example.Created"]
)
def test_an_event_of_another_publisher_is_refused(event_type: str) -> None:
    with pytest.raises(NotAnEvent):
        read_message(json.dumps({**json.loads(message(EVENT)), "type": event_type}))


@pytest.mark.parametrize(
    "body",
    [
        "no JSON at all",
        "[]",
        "null",
        '{"Type": "Notification", "Message": "wrapped, since delivery is not raw"}',
        json.dumps({**json.loads(message(EVENT)), "specversion": "0.3"}),
        json.dumps({**json.loads(message(EVENT)), "subject": None}),
        json.dumps({**json.loads(message(EVENT)), "subject": ""}),
        json.dumps({**json.loads(message(EVENT)), "carversion": "1"}),
        json.dumps({**json.loads(message(EVENT)), "carversion": 0}),
        json.dumps({**json.loads(message(EVENT)), "type": None}),
        json.dumps({**json.loads(message(EVENT)), "data": "none"}),
    ],
)
def test_what_is_no_event_is_refused(body: str) -> None:
    with pytest.raises(NotAnEvent):
        read_message(body)


def test_a_batch_that_goes_well_fails_nothing() -> None:
    handled: list[str] = []
    assert handle_in_order([record(1, "a"), record(2, "b")], handled.append) == failures()
    assert handled == ["a", "b"]


def test_from_the_first_failure_on_everything_comes_again_unhandled() -> None:
    handled: list[str] = []

    def handle(body: str) -> None:
        if body == "bad":
            raise NotAnEvent("no JSON")
        handled.append(body)

    records = [record(1, "a"), record(2, "bad"), record(3, "b"), record(4, "bad")]
    assert handle_in_order(records, handle) == failures("message-2", "message-3", "message-4")
    assert handled == ["a"]


def test_the_log_says_why_without_the_contents(caplog: pytest.LogCaptureFixture) -> None:
    handle_in_order([record(7, '{"owner": "a secret')], read_and_drop)
    assert "message-7" in caplog.text
    assert "no JSON" in caplog.text
    assert "secret" not in caplog.text


def test_an_event_of_the_wrong_shape_is_logged_without_its_contents_too(caplog: pytest.LogCaptureFixture) -> None:
    envelope: dict[str, Any] = {**json.loads(message(EVENT)), "carversion": "a secret"}
    handle_in_order([record(7, json.dumps(envelope))], read_and_drop)
    assert "no car, version, type, schema or data" in caplog.text
    assert "secret" not in caplog.text
    assert CAR not in caplog.text


def recorded(file: Path) -> list[CarEvent]:
    """Read every message that the topic sent in the recorded story."""
    steps: dict[str, list[dict[str, str]]] = json.loads(file.read_text())
    return [read_message(message["body"]) for messages in steps.values() for message in messages]


def read_and_drop(body: str) -> None:
    read_message(body)


def failures(*message_ids: str) -> dict[str, Any]:
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in message_ids]}
