"""What drivers of generated clients check."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 30.0
PAUSE = 0.05


def expect(kind: type[T], answer: object) -> T:
    """Return an answer as what it must be: a type of the generated client's."""
    assert isinstance(answer, kind), answer
    return answer


def eventually(found: Callable[[], T | None]) -> T:
    """Ask again until something is found; return it."""
    deadline = time.monotonic() + PATIENCE
    while (answer := found()) is None:
        assert time.monotonic() < deadline, "nothing was found in time"
        time.sleep(PAUSE)
    return answer
