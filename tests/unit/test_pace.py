"""The pace of a replay: so many events a second, and an end at once when told to stop."""

from dataclasses import dataclass
from threading import Event

import pytest

from tools.ops.replay.event_queue import Pace, Stopped


@dataclass
class Waits(Event):
    """A stop that never comes, and moves the clock instead of waiting."""

    now: float = 100.0

    def wait(self, timeout: float | None = None) -> bool:
        self.now += timeout or 0
        return False


@pytest.mark.parametrize(("count", "times", "seconds"), [(10, 11, 2.0), (1, 101, 2.0), (10, 1, 0.0)])
def test_so_many_go_through_in_a_second(count: int, times: int, seconds: float) -> None:
    waits = Waits()
    pace = Pace(50, waits, lambda: waits.now)
    for _ in range(times):
        pace.take(count)
    assert waits.now == pytest.approx(100 + seconds)


def test_a_pause_is_not_caught_up_with() -> None:
    waits = Waits()
    pace = Pace(50, waits, lambda: waits.now)
    pace.take(10)
    waits.now += 60
    for _ in range(11):
        pace.take(10)
    assert waits.now == pytest.approx(162)


def test_whoever_waits_is_stopped_at_once() -> None:
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        Pace(0.001, stop).take(1)
