"""The clock and the pauses, as the functions take them from `trigger_pattern.application.clock`."""

import time
from datetime import UTC, datetime

import pytest

from trigger_pattern.application.clock import pause, utc_now, write_time


@pytest.mark.parametrize(("attempt", "longest"), [(1, 0.04), (2, 0.08), (3, 0.16)])
def test_writers_that_collided_pause_for_a_short_while_each_for_another(
    monkeypatch: pytest.MonkeyPatch, attempt: int, longest: float
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    for _ in range(100):
        pause(attempt)
    assert 0 <= min(slept) < max(slept) <= longest
    assert len(set(slept)) > 90


def test_the_time_reads_back_as_it_was_written() -> None:
    now = utc_now()
    assert datetime.fromisoformat(write_time(now)) == now
    assert now.tzinfo is UTC
