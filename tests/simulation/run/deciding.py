"""What is promised of each outcome without a commit; each function's name is the promise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.simulation.run.books import Books, Command
from tests.simulation.run.broken import Faults
from tests.simulation.run.committing import MARGIN
from tests.simulation.run.truth import Car
from tests.simulation.subject.subject import Event, Subject


@dataclass(frozen=True)
class Outcome:
    """An outcome as it is stored."""

    command_id: str
    car_id: str
    status: str
    codes: frozenset[str]
    version: int
    decided_at: datetime


def what_took_effect_is_not_refused(outcome: Outcome, car: Car, books: Books) -> Faults:
    """Nor unchanged: who was told so would believe it."""
    for commit in car.commits:
        if commit.command_id == outcome.command_id and commit.command_id not in books.raced:
            yield f"{outcome}, but there is {commit}"


def a_refusal_has_the_references_reasons(
    outcome: Outcome, command: Command, car: Car, books: Books, subject: Subject
) -> Faults:
    """Its codes are what speaks against the command at some version that the handler could have seen."""
    possible = [
        codes
        for version in car.versions(command.heads)
        for codes in _refusals(outcome, command, car, version, books, subject)
    ]
    if outcome.codes not in possible:
        yield f"{outcome} of {command}, but the reference says one of {possible}"


def what_is_unchanged_was_so(outcome: Outcome, command: Command, car: Car, subject: Subject) -> Faults:
    """At the version that it names, the command would have changed nothing."""
    if outcome.version not in car.versions(command.heads):
        yield f"{outcome} of {command} names none of {car.versions(command.heads)}"
    elif _decided(outcome, command, car, outcome.version, subject) != []:
        yield f"{outcome} of {command}, but the car was {car.cars[outcome.version]}"


def _refusals(
    outcome: Outcome, command: Command, car: Car, version: int, books: Books, subject: Subject
) -> Iterable[frozenset[str]]:
    faulty = books.faulty.get(command.command_id)
    if _is_superseded(command, car, version):
        yield frozenset({"superseded"})
    if command.expected_version not in (None, version):
        yield frozenset({"version-conflict"})
    elif faulty:
        yield faulty.codes
    if faulty and not faulty.newer_code_takes_it:
        return
    decided = _decided(outcome, command, car, version, subject)
    if isinstance(decided, set):
        yield frozenset(decided)


def _decided(outcome: Outcome, command: Command, car: Car, version: int, subject: Subject) -> list[Event] | set[str]:
    return subject.decide(car.cars[version], command.kind, command.representation, outcome.decided_at)


def _is_superseded(command: Command, car: Car, version: int) -> bool:
    last = next((commit for commit in car.commits if commit.last_version == version), None)
    if last is None:
        return False
    age = last.issued_at - command.issued_at
    sent_at = max(place.sent_at for place in command.places)
    came_back = sent_at - command.issued_at.timestamp() > MARGIN.total_seconds()
    elsewhere = len(command.places) > 1 and any(place.queue != last.queue for place in command.places)
    return age > MARGIN or ((came_back or elsewhere) and age >= timedelta())
