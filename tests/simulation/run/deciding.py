"""What is promised of each outcome without a commit; each function's name is the promise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.simulation.run.committing import MARGIN
from tests.simulation.run.histories import History
from tests.simulation.run.ledger import Command, Ledger
from tests.simulation.run.violation import Violations
from tests.simulation.subject.subject import Event, Subject


@dataclass(frozen=True)
class Outcome:
    """An outcome as it is stored."""

    command_id: str
    aggregate_id: str
    status: str
    codes: frozenset[str]
    version: int
    decided_at: datetime


def what_took_effect_is_not_refused(outcome: Outcome, history: History, ledger: Ledger) -> Violations:
    """Nor unchanged: who was told so would believe it."""
    for commit in history.commits:
        if commit.command_id == outcome.command_id and commit.command_id not in ledger.raced:
            yield f"{outcome}, but there is {commit}"


def a_refusal_has_the_references_reasons(
    outcome: Outcome, command: Command, history: History, ledger: Ledger, subject: Subject
) -> Violations:
    """Its codes are what speaks against the command at some version that the handler could have seen."""
    possible = [
        codes
        for version in history.versions(command.heads)
        for codes in _refusals(outcome, command, history, version, ledger, subject)
    ]
    if outcome.codes not in possible:
        yield f"{outcome} of {command}, but the reference says one of {possible}"


def what_is_unchanged_was_so(outcome: Outcome, command: Command, history: History, subject: Subject) -> Violations:
    """At the version that it names, the command would have changed nothing."""
    if outcome.version not in history.versions(command.heads):
        yield f"{outcome} of {command} names none of {history.versions(command.heads)}"
    elif _decided(outcome, command, history, outcome.version, subject) != []:
        yield f"{outcome} of {command}, but the car was {history.states[outcome.version]}"


def _refusals(
    outcome: Outcome, command: Command, history: History, version: int, ledger: Ledger, subject: Subject
) -> Iterable[frozenset[str]]:
    faulty = ledger.faulty.get(command.command_id)
    if _is_superseded(command, history, version):
        yield frozenset({"superseded"})
    if command.expected_version not in (None, version):
        yield frozenset({"version-conflict"})
    elif faulty:
        yield faulty.codes
    if faulty and not faulty.newer_code_takes_it:
        return
    decided = _decided(outcome, command, history, version, subject)
    if isinstance(decided, set):
        yield frozenset(decided)


def _decided(
    outcome: Outcome, command: Command, history: History, version: int, subject: Subject
) -> list[Event] | set[str]:
    return subject.decide(history.states[version], command.kind, command.representation, outcome.decided_at)


def _is_superseded(command: Command, history: History, version: int) -> bool:
    last = next((commit for commit in history.commits if commit.last_version == version), None)
    if last is None:
        return False
    age = last.issued_at - command.issued_at
    sent_at = max(place.sent_at for place in command.places)
    came_back = sent_at - command.issued_at.timestamp() > MARGIN.total_seconds()
    elsewhere = len(command.places) > 1 and any(place.queue != last.queue for place in command.places)
    return age > MARGIN or ((came_back or elsewhere) and age >= timedelta())
