"""A failing run's story, made short."""

from dataclasses import replace
from typing import Any

import pytest

from tests.simulation.run.shrinking import shrink
from tests.simulation.run.simulation import Case, Result, simulate
from trigger_pattern.aws.messaging.command_batch import CommandBatch

ENOUGH = 50
"""Seeds among which some run fails, where a failed message is taken for handled."""


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Result:
    """The first run that fails when messages are deleted though their commands could not be handled."""
    process = CommandBatch.process

    def swallow(*batch: Any) -> dict[str, list[Any]]:
        process(*batch)
        return {"batchItemFailures": []}

    monkeypatch.setattr(CommandBatch, "process", swallow)
    return next(result for result in map(simulate, map(Case, range(ENOUGH))) if result.violation)


def test_a_shrunk_story_fails_in_the_same_way_with_less(failing: Result) -> None:
    shrunk = shrink(failing)
    assert shrunk.violation == failing.violation == "nothing accepted is lost"
    assert set(shrunk.requests) < set(failing.requests)
    assert len(shrunk.keys) < len(failing.keys)


def test_a_shrunk_story_has_nothing_that_the_failure_does_not_need(failing: Result) -> None:
    shrunk = shrink(failing)
    case = shrunk.case
    fewer_requests = [replace(case, left_out=case.left_out | {number}) for number in shrunk.requests]
    fewer_faults = [replace(case, without=case.without | {key}) for key in shrunk.keys]
    assert fewer_requests
    assert fewer_faults
    assert [each for each in fewer_requests + fewer_faults if simulate(each).violation == shrunk.violation] == []


def test_a_shrunk_case_gives_the_same_run_again(failing: Result) -> None:
    shrunk = shrink(failing)
    assert simulate(shrunk.case) == shrunk
