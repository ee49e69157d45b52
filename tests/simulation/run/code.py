"""Two versions of the code at once, as while a deployment rolls.

The newer version knows yellow cars, so its `Created` and `ColorChanged` have a newer schema, and its states tell the
mileage in tenths of a mile, under another number of the fold. Today's code publishes its events as they are stored,
waits where it would have to fold them, and folds where it meets its states. Whoever is invoked runs its own version,
also in the middle of another's invocation.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

import pytest

from cars.adapters.dynamodb import commit_item
from cars.domain import stored_events
from cars.domain.reading import reader_of
from cars.domain.representation import READERS
from cars.domain.root import FOLD_VERSION, CarState
from cars.domain.stored_events import SCHEMA_VERSIONS, UPCASTERS
from cars.domain.values import CarId
from tests.contract.newer_code import NewerColor, keep

NEWER_FOLD = FOLD_VERSION + 1
TENTHS = 10
_CHANGED = ("Created", "ColorChanged")
_read_color = reader_of(NewerColor)


class Code(StrEnum):
    """A version of the code."""

    TODAY = "today's code"
    NEWER = "newer code"


def _write_state(state: CarState) -> dict[str, Any]:
    stored = stored_events.write_state(state)
    return {**stored, "mileage": stored["mileage"] * TENTHS}


def _read_state(car_id: CarId, stored: Mapping[str, Any]) -> CarState:
    return stored_events.read_state(car_id, {**stored, "mileage": stored["mileage"] // TENTHS})


class Running:
    """Which version of the code runs at this moment in this process."""

    def __init__(self) -> None:
        self._patch = pytest.MonkeyPatch()
        self._now = Code.TODAY

    @contextmanager
    def of(self, code: Code) -> Generator[None]:
        """Run a version, and afterwards again what ran before."""
        before = self._now
        self._switch(code)
        try:
            yield
        finally:
            self._switch(before)

    def _switch(self, code: Code) -> None:
        if code is self._now:
            return
        self._now = code
        if code is Code.TODAY:
            self._patch.undo()
        else:
            self._upgrade()

    def _upgrade(self) -> None:
        self._patch.setitem(READERS, "color", _read_color)
        for name in _CHANGED:
            self._patch.setitem(SCHEMA_VERSIONS, name, 2)
            self._patch.setitem(UPCASTERS, (name, 1), keep)
        self._patch.setattr(commit_item, "FOLD_VERSION", NEWER_FOLD)
        self._patch.setattr(commit_item, "write_state", _write_state)
        self._patch.setattr(commit_item, "read_state", _read_state)
