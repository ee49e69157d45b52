"""One car that is stuck, everybody sending to it, and another car that must not notice: at any scale."""

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests.simulation.pipeline import Pipeline
from tests.simulation.run.local_faults import LocalFaults
from tests.simulation.world.aws import World
from tests.simulation.world.queue import WINDOW
from tests.support.cars import representation
from trigger_pattern.application import backlog

RATE = 100
"""Requests a second that the API's throttle lets through."""
POLLED_EVERY = 10
"""Requests between two batches of the command handler, beside those that the other car needs."""
TOO_LONG = 60.0
"""Seconds after which nobody waits any longer for the other car."""
OTHERS_EVERY = 50
"""One request in so many is for the car that is not stuck."""


@dataclass
class Observed:
    """How a run went: the stuck car's answers by status, the longest queue, and the other car's longest wait in s."""

    answers: Counter[int] = field(default_factory=Counter[int])
    longest: int = 0
    slowest: float = 0.0


def drive(pipeline: Pipeline, requests: int, scale: float) -> Observed:
    """Send so many requests, with every bound, and the rate, divided by `scale`."""
    with _scaled(scale):
        pipeline.enter(World())
        pipeline.world.commands.window = int(WINDOW / scale)
        stuck, other = _cars(pipeline)
        pipeline.world.faults = LocalFaults(pipeline.world.dice, stuck={stuck})
        return _send(pipeline, requests, RATE / scale, stuck, other)


def _send(pipeline: Pipeline, requests: int, rate: float, stuck: str, other: str) -> Observed:
    seen, world = Observed(), pipeline.world
    for number in range(requests):
        if number % OTHERS_EVERY:
            seen.answers[pipeline.http("PATCH", f"/cars/{stuck}", {"mileage": 20_000 + number}).status] += 1
        else:
            seen.slowest = max(seen.slowest, _change(pipeline, other, 20_000 + number))
        world.clock.advance(1 / rate)
        if number % POLLED_EVERY == 0:
            pipeline.handle()
        seen.longest = max(seen.longest, len(world.commands.messages))
    return seen


def _change(pipeline: Pipeline, car_id: str, mileage: int) -> float:
    """Change a car, and return how many seconds passed until its command was handled."""
    sent_at = pipeline.world.clock.now
    pipeline.http("PATCH", f"/cars/{car_id}", {"mileage": mileage})
    while any(message.group == car_id for message in pipeline.world.commands.messages):
        if not pipeline.handle():
            pipeline.world.clock.advance(1.0)
        if pipeline.world.clock.now - sent_at > TOO_LONG:
            break
    return pipeline.world.clock.now - sent_at


def _cars(pipeline: Pipeline) -> tuple[str, str]:
    ids = [str(pipeline.http("POST", "/cars", representation()).body["carId"]) for _ in range(2)]
    pipeline.run()
    return ids[0], ids[1]


@contextmanager
def _scaled(scale: float) -> Generator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for bound in ("LONG", "FULL"):
            patch.setattr(backlog, bound, int(vars(backlog)[bound] / scale))
        yield
