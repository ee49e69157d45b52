"""Two versions of the code at once, as while a deployment rolls.

The newer version writes events of newer schemas and states of another fold. Today's code publishes its events as they
are stored, waits where it would have to fold them, and folds where it meets its states. Each instance has both
versions, and the one that is invoked runs its own, also in the middle of another's invocation.
"""

from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum

import pytest

from tests.simulation.subject.subject import Fields, Subject
from trigger_pattern.aws.dynamodb import commit_item
from trigger_pattern.definition import stored
from trigger_pattern.definition.life import State
from trigger_pattern.definition.resource import AnyResource


class Code(StrEnum):
    """A version of the code."""

    TODAY = "today's code"
    NEWER = "newer code"


@contextmanager
def states_of_each_fold(subject: Subject) -> Generator[None]:
    """Have the newer code, and no other, read and write states of its own form."""

    def write_state(resource: AnyResource, state: State) -> Fields:
        written = stored.write_state(resource, state)
        return subject.newer_state(written) if resource is subject.newer else written

    def read_state(resource: AnyResource, fields: Fields) -> State:
        return stored.read_state(resource, subject.older_state(fields) if resource is subject.newer else fields)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commit_item, "write_state", write_state)
        patch.setattr(commit_item, "read_state", read_state)
        yield
