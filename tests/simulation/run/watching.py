"""The invariants that are checked during a run, for each new commit and outcome."""

from datetime import datetime
from typing import Any

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
from tests.simulation.run.histories import Histories, plain_value
from tests.simulation.run.ledger import Ledger
from tests.simulation.run.violation import Violation, check
from tests.simulation.world.aws import World


def watch(world: World, histories: Histories, ledger: Ledger) -> None:
    """Check each new commit and each new outcome. Raises Violation."""
    subject = histories.subject
    for history, commit in histories.news():
        ledger.reached.update(kind for kind, _ in commit.events)
        check(versions_are_gapless, history, commit)
        check(a_commit_is_what_its_command_means, history, commit, ledger, subject)
        check(every_inline_state_equals_its_fold, history, commit, subject)
        check(no_command_takes_effect_twice, history, commit)
        check(no_command_takes_effect_after_it_was_refused, commit, ledger)
        check(commands_of_one_queue_take_effect_in_its_order, history, commit, ledger)
        check(no_older_command_reverts_a_newer_one, history, commit, ledger)
        check(no_mark_is_in_the_future, commit)
    if histories.rewritten:
        raise Violation("a commit never changes", str(histories.rewritten))
    for outcome in outcomes(world):
        if outcome.status != ledger.decided.get(outcome.command_id):
            _check_outcome(outcome, histories, ledger)


def outcomes(world: World) -> list[Outcome]:
    """Return every stored outcome."""
    items = world.tables[world.own("OutcomesTable")].items()
    of_commands = (item for item in items if not item["commandId"]["S"].startswith("stuck/"))
    plain = ({name: plain_value(value) for name, value in item.items()} for item in of_commands)
    return [_read(item, world.resource.id) for item in plain]


def _check_outcome(outcome: Outcome, histories: Histories, ledger: Ledger) -> None:
    before, ledger.decided[outcome.command_id] = ledger.decided.get(outcome.command_id), outcome.status
    if before in ("refused", "unchanged"):
        raise Violation("a final outcome never changes", f"{outcome} was {before}")
    if outcome.status == "failed":
        return
    ledger.reached |= outcome.codes or {outcome.status}
    command, history = ledger.commands[outcome.command_id], histories.by_id[outcome.aggregate_id]
    check(what_took_effect_is_not_refused, outcome, history, ledger)
    if outcome.status == "refused":
        check(a_refusal_has_the_references_reasons, outcome, command, history, ledger, histories.subject)
    else:
        check(what_is_unchanged_was_so, outcome, command, history, histories.subject)


def _read(item: dict[str, Any], id_name: str) -> Outcome:
    codes = frozenset(reason["code"] for reason in item["reasons"])
    decided_at = datetime.fromisoformat(item["decidedAt"])
    return Outcome(item["commandId"], item[id_name], item["status"], codes, item.get("version", 0), decided_at)
