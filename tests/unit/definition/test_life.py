"""A life from its creation to its deletion, around the functions of its author."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.support.accounts import ACCOUNTS, Account, ChangeStatus, Closed, Opened, Status, StatusChanged, account
from tests.support.cars import CONTEXT
from trigger_pattern import Context, Refusal
from trigger_pattern.definition.life import Create, Delete, Gone, NotCreated, root_of
from trigger_pattern.kernel import Executed, Refused, execute

OPEN, FROZEN = account(), account(status=Status.FROZEN)
FREEZE = ChangeStatus(Status.FROZEN)


def opening(account: Account, context: Context) -> Iterator[Refusal]:
    if account.holder == context.actor:
        yield Refusal("own-account", "Ask another clerk.", "/holder")


def closing(account: Account, _: Context) -> Iterator[Refusal]:
    if account.status is Status.FROZEN:
        yield Refusal("frozen", "Thaw it first.", "/status")


ROOT = root_of(replace(ACCOUNTS, opening=opening, closing=closing))


def codes(state: object, *triggers: object) -> list[str]:
    refused = execute(ROOT, state, triggers, CONTEXT)
    assert isinstance(refused, Refused)
    return [reason.code for reason in refused.reasons]


def test_a_life_is_a_creation_then_changes_then_a_deletion() -> None:
    assert execute(ROOT, ROOT.zero, [Create(OPEN), FREEZE, ChangeStatus(Status.OPEN), Delete()], CONTEXT) == Executed(
        (Opened(OPEN), StatusChanged(Status.FROZEN), StatusChanged(Status.OPEN), Closed()), Gone(OPEN)
    )


def test_the_history_leads_to_the_same_state() -> None:
    assert ROOT.fold([]) == NotCreated()
    assert ROOT.fold([Opened(OPEN), StatusChanged(Status.FROZEN)]) == FROZEN
    assert ROOT.fold([Opened(OPEN), StatusChanged(Status.FROZEN), Closed()]) == Gone(FROZEN)


def test_what_was_never_created_is_not_found() -> None:
    for trigger in (FREEZE, Delete()):
        assert codes(NotCreated(), trigger) == ["account-not-found"]


def test_what_is_there_is_not_created_again() -> None:
    assert codes(OPEN, Create(OPEN)) == ["account-already-exists"]


def test_what_was_deleted_stays_so() -> None:
    for trigger in (Create(OPEN), FREEZE, Delete()):
        assert codes(Gone(OPEN), trigger) == ["account-deleted"]


def test_an_author_may_refuse_a_creation_by_who_asks() -> None:
    assert codes(NotCreated(), Create(account(holder=CONTEXT.actor))) == ["own-account"]


def test_an_author_may_refuse_a_deletion() -> None:
    assert codes(FROZEN, Delete()) == ["frozen"]
    assert codes(OPEN, FREEZE, Delete()) == ["frozen"]


@pytest.mark.parametrize(
    "events",
    [
        [Closed()],
        [StatusChanged(Status.OPEN)],
        [Opened(OPEN), Opened(OPEN)],
        [Opened(OPEN), Closed(), Closed()],
        [Opened(OPEN), Closed(), StatusChanged(Status.OPEN)],
        [Opened(OPEN), Closed(), Opened(OPEN)],
    ],
)
def test_a_history_that_cannot_have_happened_is_not_folded(events: list[object]) -> None:
    with pytest.raises(ValueError, match="cannot follow"):
        ROOT.fold(events)
