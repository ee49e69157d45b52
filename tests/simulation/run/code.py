"""Two versions of the code at once, as while a deployment rolls.

The newer version knows yellow cars, and its states tell the mileage in tenths of a mile. Today's code publishes its
events as they are stored, waits where it would have to fold them, and folds where it meets its states. Each instance
has both versions, and whoever is invoked runs its own, also in the middle of another's invocation.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, Final

import pytest

from tests.simulation.run.newer_cars import NEWER_CARS
from trigger_pattern.aws.dynamodb import commit_item
from trigger_pattern.definition import stored
from trigger_pattern.definition.life import State
from trigger_pattern.definition.resource import AnyResource

NEWER_FOLD: Final = NEWER_CARS.fold_version
TENTHS: Final = 10


class Code(StrEnum):
    """A version of the code."""

    TODAY = "today's code"
    NEWER = "newer code"


@contextmanager
def states_of_each_fold() -> Generator[None]:
    """Have the newer code's states, and no others, tell the mileage in tenths of a mile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commit_item, "write_state", _write_state)
        patch.setattr(commit_item, "read_state", _read_state)
        yield


def _write_state(resource: AnyResource, state: State) -> dict[str, Any]:
    written: dict[str, Any] = stored.write_state(resource, state)
    return {**written, "mileage": written["mileage"] * TENTHS} if resource is NEWER_CARS else written


def _read_state(resource: AnyResource, fields: Mapping[str, Any]) -> State:
    miles = {"mileage": fields["mileage"] // TENTHS} if resource is NEWER_CARS else {}
    return stored.read_state(resource, {**fields, **miles})
