"""Whether a command may join the queue, by the queue's length and by who is stuck."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.support.cars import CAR_ID, representation
from tests.support.commits import another_car
from tests.support.memory import MemoryStuck
from tests.support.system import System
from trigger_pattern.application.backlog import FULL, LONG, Backlog

OTHER = another_car(1)


@dataclass
class Queue:
    waiting: int
    asked: int = 0

    def length(self) -> int:
        self.asked += 1
        return self.waiting


@dataclass
class Unreachable:
    warned: list[str] = field(default_factory=list[str])

    def length(self) -> int:
        raise ConnectionError


def never(_: int) -> int:
    return 1


def always(_: int) -> int:
    return 0


def backlog(waiting: int, sampled: Callable[[int], int] = always) -> Backlog:
    return Backlog(Queue(waiting), MemoryStuck({CAR_ID}), sampled, print)


@pytest.mark.parametrize(
    ("waiting", "stuck", "other"),
    [(LONG - 1, True, True), (LONG, False, True), (FULL - 1, False, True), (FULL, False, False)],
)
def test_a_long_queue_takes_nothing_for_stuck_cars_and_a_full_one_nothing(
    waiting: int, *, stuck: bool, other: bool
) -> None:
    assert backlog(waiting).has_room(CAR_ID) is stuck
    assert backlog(waiting).has_room(OTHER) is other


def test_the_length_is_asked_for_one_request_in_128() -> None:
    queue = Queue(0)
    numbers = iter(range(128))
    gate = Backlog(queue, MemoryStuck(), lambda bits: next(numbers) % 2**bits, print)
    assert all(gate.has_room(CAR_ID) for _ in range(128))
    assert queue.asked == 1


def test_while_the_queue_is_long_its_length_is_asked_every_time() -> None:
    queue = Queue(LONG)
    gate = Backlog(queue, MemoryStuck(), never, print, last=LONG)
    gate.has_room(CAR_ID)
    queue.waiting = 0
    gate.has_room(CAR_ID)
    gate.has_room(CAR_ID)
    assert queue.asked == 2


def test_a_length_that_cannot_be_found_out_refuses_nobody() -> None:
    queue = Unreachable()
    assert Backlog(queue, MemoryStuck(), always, queue.warned.append).has_room(CAR_ID)
    assert queue.warned == ["a command was accepted without reading the queue's length"]


def test_who_is_not_accepted_is_told_when_to_try_again() -> None:
    system = System(crowd=FULL)
    system.backlog.last = FULL
    answer = system.request("POST", "/cars", representation())
    assert (answer.status, answer.problem()["type"]) == (503, "urn:cars:problem:overloaded")
    assert answer.headers["Retry-After"] == "60"
    assert system.sent == []
