"""The invariants that are looked at all the time, whenever something is new."""

from datetime import datetime
from typing import Any

from tests.simulation.run.books import Books
from tests.simulation.run.broken import Broken, hold
from tests.simulation.run.committing import (
    a_commit_is_what_its_command_means,
    commands_of_one_queue_take_effect_in_its_order,
    every_inline_state_equals_its_fold,
    no_command_takes_effect_after_it_was_refused,
    no_command_takes_effect_twice,
    no_mark_is_in_the_future,
    no_older_command_reverts_a_newer_one,
    versions_are_gapless,
)
from tests.simulation.run.deciding import (
    Outcome,
    a_refusal_has_the_references_reasons,
    what_is_unchanged_was_so,
    what_took_effect_is_not_refused,
)
from tests.simulation.run.truth import Truth, plain_value
from tests.simulation.world.aws import World


def watch(world: World, truth: Truth, books: Books) -> None:
    """Look at each new commit, and at each new outcome. Raises Broken."""
    subject = truth.subject
    for car, commit in truth.news():
        books.reached.update(kind for kind, _ in commit.events)
        hold(versions_are_gapless, car, commit)
        hold(a_commit_is_what_its_command_means, car, commit, books, subject)
        hold(every_inline_state_equals_its_fold, car, commit, subject)
        hold(no_command_takes_effect_twice, car, commit)
        hold(no_command_takes_effect_after_it_was_refused, commit, books)
        hold(commands_of_one_queue_take_effect_in_its_order, car, commit, books)
        hold(no_older_command_reverts_a_newer_one, car, commit, books)
        hold(no_mark_is_in_the_future, commit)
    if truth.rewritten:
        raise Broken("a commit never changes", str(truth.rewritten))
    for outcome in outcomes(world):
        if outcome.status != books.decided.get(outcome.command_id):
            _look_at(outcome, truth, books)


def outcomes(world: World) -> list[Outcome]:
    """Give every outcome that is stored."""
    items = world.tables[world.own("OutcomesTable")].items()
    of_commands = (item for item in items if not item["commandId"]["S"].startswith("stuck/"))
    plain = ({name: plain_value(value) for name, value in item.items()} for item in of_commands)
    return [_read(item, world.resource.id) for item in plain]


def _look_at(outcome: Outcome, truth: Truth, books: Books) -> None:
    before, books.decided[outcome.command_id] = books.decided.get(outcome.command_id), outcome.status
    if before in ("refused", "unchanged"):
        raise Broken("a final outcome never changes", f"{outcome} was {before}")
    if outcome.status == "failed":
        return
    books.reached |= outcome.codes or {outcome.status}
    command, car = books.commands[outcome.command_id], truth.cars[outcome.car_id]
    hold(what_took_effect_is_not_refused, outcome, car, books)
    if outcome.status == "refused":
        hold(a_refusal_has_the_references_reasons, outcome, command, car, books, truth.subject)
    else:
        hold(what_is_unchanged_was_so, outcome, command, car, truth.subject)


def _read(item: dict[str, Any], id_name: str) -> Outcome:
    codes = frozenset(reason["code"] for reason in item["reasons"])
    decided_at = datetime.fromisoformat(item["decidedAt"])
    return Outcome(item["commandId"], item[id_name], item["status"], codes, item.get("version", 0), decided_at)
