"""What `ops … tail` asks the topic for, and how it shows an event."""

import subprocess
import sys
from typing import Any
from uuid import UUID

import pytest

from resources.cars import CARS
from tests.support.cars import CAR_ID
from tools.ops.operation import Operation
from tools.ops.replay.command import replay
from tools.ops.tail import document, filter_policy, line, tail
from tools.subscriber import Received

EVENT: dict[str, Any] = {
    "time": "2026-11-01T11:00:00.045Z",
    "subject": CAR_ID,
    "carversion": 2,
    "type": "com.example.car.ColorChanged",
    "data": {"color": "red"},
}


@pytest.mark.parametrize(
    ("car", "types", "filters", "policy"),
    [
        (None, (), {"make": None}, {}),
        (UUID(CAR_ID), (), {"make": None}, {"carId": [CAR_ID]}),
        (None, ("Created", "Deleted"), {"make": "BMW"}, {"type": ["Created", "Deleted"], "make": ["BMW"]}),
    ],
)
def test_options_become_a_filter_policy(
    car: UUID | None, types: tuple[str, ...], filters: dict[str, str | None], policy: dict[str, list[str]]
) -> None:
    assert filter_policy(CARS, car, types, filters) == policy


def test_an_event_is_a_line() -> None:
    assert line(CARS, Received(EVENT, {}, CAR_ID)) == (
        "2026-11-01T11:00:00.045Z  01a206e7-d420-7708-b4e8-81bbfc74de67     2  ColorChanged      color red"
    )


def test_an_event_of_a_replay_is_marked() -> None:
    assert line(CARS, Received(EVENT, {"replay": "r1"}, CAR_ID)).endswith("  color red  (replay r1)")


def test_a_script_gets_the_envelope_as_it_was_broadcast() -> None:
    assert document(CARS, Received(EVENT, {}, CAR_ID)) == EVENT


def test_and_of_a_replay_its_id_too() -> None:
    assert document(CARS, Received(EVENT, {"replay": "r1"}, CAR_ID)) == {**EVENT, "replay": "r1"}


@pytest.mark.parametrize(
    "message",
    [{}, {name: value for name, value in EVENT.items() if name != "time"}, {**EVENT, "data": ["red"]}],
)
def test_what_is_no_event_is_shown_as_such(message: dict[str, Any]) -> None:
    received = Received(message, {}, "", "by hand\n\N{BELL}")
    assert line(CARS, received) == "No event: by hand\N{REPLACEMENT CHARACTER}\N{BELL}"
    assert document(CARS, received) == {"noEvent": "by hand\n\N{BELL}"}


def test_values_that_no_event_has_are_shown_too() -> None:
    nonsense = {**EVENT, "type": ["Created"], "carversion": None, "data": {"mileage": "far"}}
    assert line(CARS, Received(nonsense, {}, "")).endswith("  None  ['Created']       mileage far")


READER_GONE_MEANWHILE = """
import os
from types import SimpleNamespace
from tools.ops import tail
from resources.cars import CARS
from tools.subscriber import Received

def events(seconds):
    reader, writer = os.pipe()
    os.close(reader)
    os.dup2(writer, 1)
    yield Received({}, {}, "", "text")

tail._show(CARS, SimpleNamespace(events=events), as_json=False)
"""


def test_a_reader_that_goes_while_an_event_is_on_its_way_is_no_error() -> None:
    ended = subprocess.run([sys.executable, "-c", READER_GONE_MEANWHILE], capture_output=True, check=False, text=True)
    assert (ended.stderr, ended.returncode) == ("", 0)


@pytest.mark.parametrize("command", [tail, replay], ids=["tail", "replay"])
def test_types_are_named_in_any_case(command: Operation) -> None:
    (types,) = (option for option in command(CARS).params if option.name == "types")
    assert types.type.convert("colorchanged", None, None) == "ColorChanged"
