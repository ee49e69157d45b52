"""Waiting for a command: the order in which a commit and an outcome count."""

from resources.cars import Color, ColorChanged
from tests.support.cars import CAR_ID, NOW, car_created
from tests.support.commits import commits_of
from tests.support.memory import MemoryOutcomes, MemoryTraces, log_of
from trigger_pattern.application.commits import DecodedCommit
from trigger_pattern.application.idempotency import Ticket
from trigger_pattern.application.outcomes import OutcomeRecorder, RecordedOutcome
from trigger_pattern.application.tracking import CommandOutcome, CommandSucceeded, Pending
from trigger_pattern.application.waiting import CommandWaiter

COLORS = (Color.RED, Color.WHITE, Color.BLUE)
COMMITS = commits_of([car_created()], *([ColorChanged(color)] for color in COLORS))
TICKET = Ticket(CAR_ID, COMMITS[3].command_id, NOW)


def wait(commits: list[DecodedCommit], *, failed: bool = False) -> tuple[CommandOutcome, list[int]]:
    """Wait a second for the last commit's command, from version 1 on; the versions asked for come second."""
    seconds, outcomes = [0.0], MemoryOutcomes()
    if failed:
        OutcomeRecorder(outcomes, lambda: NOW).failed(CAR_ID, TICKET.command_id)
    traces = MemoryTraces(log_of(commits), outcomes)
    waiter = CommandWaiter(traces.log, traces, lambda: sum(seconds), seconds.append)
    return waiter.wait(TICKET, 1, 1.0), traces.asked


def test_a_commit_beats_an_outcome_though_other_commands_commits_come_before_it() -> None:
    assert wait(COMMITS, failed=True) == (CommandSucceeded(4), [2, 3, 4])


def test_an_outcome_counts_once_no_commit_follows() -> None:
    outcome, asked = wait(COMMITS[:3], failed=True)
    assert isinstance(outcome, RecordedOutcome)
    assert asked == [2, 3, 4]


def test_without_either_the_command_is_pending() -> None:
    outcome, asked = wait(COMMITS[:3])
    assert (outcome, asked) == (Pending(), [2, 3, *[4] * 14])


def test_a_wait_without_time_looks_once() -> None:
    traces = MemoryTraces(log_of(COMMITS[:1]), MemoryOutcomes())
    waiter = CommandWaiter(traces.log, traces, lambda: 0.0, never)
    assert (waiter.wait(TICKET, 1, -4.0), traces.asked) == (Pending(), [2])


def never(_: float) -> None:
    raise AssertionError("it waits")
