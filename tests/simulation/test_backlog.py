"""A stuck car's backlog stays far from where SQS would look for no other car's messages."""

import pytest

from tests.simulation.backlog import TOO_LONG, drive
from tests.simulation.pipeline import Pipeline
from tests.simulation.world.aws import World
from tests.simulation.world.queue import WINDOW
from trigger_pattern.application import backlog

SCALE = 100
REQUESTS = 2_000


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(World())


def test_a_stuck_car_is_refused_before_its_backlog_stops_another_car(pipeline: Pipeline) -> None:
    seen = drive(pipeline, REQUESTS, SCALE)
    assert set(seen.answers) == {202, 503}
    assert seen.longest < 2 * backlog.LONG / SCALE < WINDOW / SCALE
    assert seen.slowest < 10


def test_without_a_bound_the_backlog_of_one_car_stops_the_others(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backlog, "LONG", 10 * WINDOW)
    seen = drive(pipeline, REQUESTS, SCALE)
    assert set(seen.answers) == {202}
    assert seen.slowest > TOO_LONG
