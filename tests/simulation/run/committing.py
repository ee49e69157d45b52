"""What is promised of each commit, checked as soon as it is there; each function's name is the promise."""

from datetime import datetime, timedelta

from tests.simulation.run.books import Books, Command, Place
from tests.simulation.run.broken import Faults
from tests.simulation.run.truth import Car, Commit
from tests.simulation.subject.subject import GONE, Event, Fields, Subject

MARGIN = timedelta(seconds=30)


def versions_are_gapless(car: Car, commit: Commit) -> Faults:
    """A commit's key follows the last event."""
    if commit.version != car.version + 1:
        yield f"{commit} follows version {car.version}"


def every_inline_state_equals_its_fold(car: Car, commit: Commit, subject: Subject) -> Faults:
    """The state in a commit is what all events up to it give; of a deleted car, the last it had."""
    expected = _inline(car.cars[-1], commit.events, subject)
    if commit.fold == subject.newer.fold_version:
        expected = subject.newer_state(expected)
    if commit.state != expected:
        yield f"{commit} has another state than its events give: {expected}"


def a_commit_is_what_its_command_means(car: Car, commit: Commit, books: Books, subject: Subject) -> Faults:
    """Its events are the reference's, for the command as it was queued and the car as it was."""
    command = books.commands.get(commit.command_id)
    if command is None:
        yield f"{commit} is of no command that was ever delivered"
        return
    expected = subject.decide(car.cars[-1], command.kind, command.representation, commit.occurred_at)
    if expected != list(commit.events):
        yield f"{commit} of {command}, but the reference says {expected} to {car.cars[-1]}"
    if command.expected_version not in (None, car.version):
        yield f"{commit} of {command} was applied to version {car.version}"


def no_command_takes_effect_twice(car: Car, commit: Commit) -> Faults:
    """One commit a command."""
    if any(earlier.command_id == commit.command_id for earlier in car.commits):
        yield f"{commit} is not its command's first"


def no_command_takes_effect_after_it_was_refused(commit: Commit, books: Books) -> Faults:
    """What a client was told, or could have been told, stays, unless the handler could not know."""
    before = books.decided.get(commit.command_id)
    if before in ("refused", "unchanged") and not books.could_not_know(commit.command_id):
        yield f"{commit} of a command that was {before}"


def commands_of_one_queue_take_effect_in_its_order(car: Car, commit: Commit, books: Books) -> Faults:
    """A commit names a message that carried its command, and that was behind those applied before it."""
    if _place_of(commit, books.commands[commit.command_id]) is None:
        yield f"{commit} names a place where its command never was"
    last = [earlier.sequence for earlier in car.commits if earlier.queue == commit.queue]
    if last and commit.sequence <= max(last):
        yield f"{commit} is from before {max(last)}"


def no_older_command_reverts_a_newer_one(car: Car, commit: Commit, books: Books) -> Faults:
    """Neither mark goes back; what was issued before the newest may be late by the margin, unless it came back."""
    command = books.commands[commit.command_id]
    place = _place_of(commit, command)
    if not car.commits or place is None:
        return
    last = car.commits[-1]
    if commit.issued_at < last.issued_at or commit.occurred_at < last.occurred_at:
        yield f"{commit} has earlier times than {last}"
    came_back = place.sent_at - command.issued_at.timestamp() > MARGIN.total_seconds()
    redelivered = command.places.count(place) > 1 and commit.command_id not in books.miscounted
    came_back = came_back or (redelivered and place.queue != last.queue)
    age = max(_issued_at(earlier, books) for earlier in car.commits) - command.issued_at
    if age > MARGIN or (came_back and age >= timedelta()):
        yield f"{commit} of {command} reverts {last}, which was issued later"


def no_mark_is_in_the_future(commit: Commit) -> Faults:
    """What a sender's wrong clock says must not have every later command refused as superseded."""
    if commit.issued_at - commit.occurred_at > MARGIN:
        yield f"{commit} was issued after it occurred"


def _issued_at(commit: Commit, books: Books) -> datetime:
    """Give when its command was issued, by a clock that is no further ahead than clocks may be apart."""
    issued_at = books.commands[commit.command_id].issued_at
    return issued_at if issued_at - commit.occurred_at <= MARGIN else commit.occurred_at


def _place_of(commit: Commit, command: Command) -> Place | None:
    here = (commit.queue, commit.sequence)
    return next((place for place in command.places if (place.queue, place.sequence) == here), None)


def _inline(car: Fields | None, events: tuple[Event, ...], subject: Subject) -> Fields:
    for event in events:
        if event[0] == subject.resource.deleted.__name__:
            assert car is not None
            return {**car, "deleted": True}
        car = subject.fold(car, event)
    assert car is not None
    assert car is not GONE
    return car
