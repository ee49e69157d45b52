"""What `cars tail` asks the topic for, and how it shows an event."""

from typing import Any
from uuid import UUID

import pytest

from cars.domain.values import Make
from tests.support.cars import CAR_ID
from tools.cars.tail import filter_policy, line
from tools.subscriber import Received

EVENT: dict[str, Any] = {
    "time": "2026-11-01T11:00:00.045Z",
    "subject": str(CAR_ID),
    "carversion": 2,
    "type": "ColorChanged",
    "data": {"color": "red"},
}


@pytest.mark.parametrize(
    ("car", "types", "make", "policy"),
    [
        (None, (), None, {}),
        (CAR_ID, (), None, {"carId": [str(CAR_ID)]}),
        (None, ("Created", "Deleted"), Make.BMW, {"type": ["Created", "Deleted"], "make": ["BMW"]}),
    ],
)
def test_options_become_a_filter_policy(
    car: UUID | None, types: tuple[str, ...], make: Make | None, policy: dict[str, list[str]]
) -> None:
    assert filter_policy(car, types, make) == policy


def test_an_event_is_a_line() -> None:
    assert line(Received(EVENT, {}, str(CAR_ID))) == (
        "2026-11-01T11:00:00.045Z  01a206e7-d420-7708-b4e8-81bbfc74de67     2  ColorChanged      color red"
    )


def test_an_event_of_a_replay_is_marked() -> None:
    assert line(Received(EVENT, {"replay": "r1"}, str(CAR_ID))).endswith("  color red  (replay r1)")
