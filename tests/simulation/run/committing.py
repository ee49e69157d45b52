"""What is promised of each commit, checked as soon as it is there; each function's name is the promise."""

from datetime import datetime, timedelta

from tests.simulation.run.histories import Commit, History
from tests.simulation.run.ledger import Command, Ledger, Place
from tests.simulation.run.violation import Violations
from tests.simulation.subject.subject import GONE, Event, Fields, Subject

MARGIN = timedelta(seconds=30)


def versions_are_gapless(history: History, commit: Commit) -> Violations:
    """A commit's key follows the last event."""
    if commit.version != history.version + 1:
        yield f"{commit} follows version {history.version}"


def every_inline_state_equals_its_fold(history: History, commit: Commit, subject: Subject) -> Violations:
    """The state in a commit is what all events up to it give; of a deleted car, the last it had."""
    expected = _inline(history.states[-1], commit.events, subject)
    if commit.fold == subject.newer.fold_version:
        expected = subject.newer_state(expected)
    if commit.state != expected:
        yield f"{commit} has another state than its events give: {expected}"


def a_commit_is_what_its_command_means(
    history: History, commit: Commit, ledger: Ledger, subject: Subject
) -> Violations:
    """Its events are the reference's, for the command as it was queued and the car as it was."""
    command = ledger.commands.get(commit.command_id)
    if command is None:
        yield f"{commit} is of no command that was ever delivered"
        return
    expected = subject.decide(history.states[-1], command.kind, command.representation, commit.occurred_at)
    if expected != list(commit.events):
        yield f"{commit} of {command}, but the reference says {expected} to {history.states[-1]}"
    if command.expected_version not in (None, history.version):
        yield f"{commit} of {command} was applied to version {history.version}"


def no_command_takes_effect_twice(history: History, commit: Commit) -> Violations:
    """One commit a command."""
    if any(earlier.command_id == commit.command_id for earlier in history.commits):
        yield f"{commit} is not its command's first"


def no_command_takes_effect_after_it_was_refused(commit: Commit, ledger: Ledger) -> Violations:
    """What a client was told, or could have been told, stays, unless the handler could not know."""
    before = ledger.decided.get(commit.command_id)
    if before in ("refused", "unchanged") and not ledger.could_not_know(commit.command_id):
        yield f"{commit} of a command that was {before}"


def commands_of_one_queue_take_effect_in_its_order(history: History, commit: Commit, ledger: Ledger) -> Violations:
    """A commit names a message that carried its command, and that was behind those applied before it."""
    if _place_of(commit, ledger.commands[commit.command_id]) is None:
        yield f"{commit} names a place where its command never was"
    last = [earlier.sequence for earlier in history.commits if earlier.queue == commit.queue]
    if last and commit.sequence <= max(last):
        yield f"{commit} is from before {max(last)}"


def no_older_command_reverts_a_newer_one(history: History, commit: Commit, ledger: Ledger) -> Violations:
    """Neither mark goes back; what was issued before the newest may be late by the margin, unless it came back."""
    command = ledger.commands[commit.command_id]
    place = _place_of(commit, command)
    if not history.commits or place is None:
        return
    last = history.commits[-1]
    if commit.issued_at < last.issued_at or commit.occurred_at < last.occurred_at:
        yield f"{commit} has earlier times than {last}"
    came_back = place.sent_at - command.issued_at.timestamp() > MARGIN.total_seconds()
    redelivered = command.places.count(place) > 1 and commit.command_id not in ledger.miscounted
    came_back = came_back or (redelivered and place.queue != last.queue)
    age = max(_issued_at(earlier, ledger) for earlier in history.commits) - command.issued_at
    if age > MARGIN or (came_back and age >= timedelta()):
        yield f"{commit} of {command} reverts {last}, which was issued later"


def no_mark_is_in_the_future(commit: Commit) -> Violations:
    """What a sender's wrong clock says must not have every later command refused as superseded."""
    if commit.issued_at - commit.occurred_at > MARGIN:
        yield f"{commit} was issued after it occurred"


def _issued_at(commit: Commit, ledger: Ledger) -> datetime:
    """Return when its command was issued, limited to the largest allowed clock skew."""
    issued_at = ledger.commands[commit.command_id].issued_at
    return issued_at if issued_at - commit.occurred_at <= MARGIN else commit.occurred_at


def _place_of(commit: Commit, command: Command) -> Place | None:
    here = (commit.queue, commit.sequence)
    return next((place for place in command.places if (place.queue, place.sequence) == here), None)


def _inline(state: Fields | None, events: tuple[Event, ...], subject: Subject) -> Fields:
    for event in events:
        if event[0] == subject.resource.deleted.__name__:
            assert state is not None
            return {**state, "deleted": True}
        state = subject.fold(state, event)
    assert state is not None
    assert state is not GONE
    return state
