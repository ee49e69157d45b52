"""The operator's command line knows no cars: it takes every name from the resource that it is given."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import reduce
from typing import Annotated
from uuid import UUID

from tools.ops.history.biography import biography
from tools.ops.history.narrating import document, lines
from tools.ops.scanning import Item
from tools.ops.tail import filter_policy, line
from tools.subscriber import Received
from trigger_pattern import (
    IMMUTABLE,
    Between,
    By,
    Context,
    Creation,
    Deletion,
    Length,
    Refused,
    Resource,
    when_changed,
)
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.definition.life import root_of
from trigger_pattern.kernel import Commit, Position


class Currency(StrEnum):
    EURO = "EUR"
    FRANC = "CHF"


@dataclass(frozen=True)
class Account:
    currency: Annotated[Currency, IMMUTABLE]
    iban: Annotated[str, Length(5, 34), IMMUTABLE]
    cents: Annotated[int, Between(0, 10**9)]
    is_frozen: bool = False


class Opened(Creation[Account]):
    """The account was opened."""


@dataclass(frozen=True)
class Moved:
    """There is more or less on the account."""

    cents: Annotated[int, Between(0, 10**9)]


class Closed(Deletion):
    """The account was closed."""


def compare(current: Account, proposed: Account) -> Iterator[Moved]:
    yield from when_changed(current.cents, proposed.cents, Moved)


def fire(account: Account, trigger: Moved, _: Context) -> Moved | Refused:
    return trigger


def apply(account: Account, event: Moved) -> Account:
    return replace(account, cents=event.cents)


ACCOUNTS: Resource[Account, Moved, Moved] = Resource(
    name="account",
    plural="accounts",
    of=Account,
    created=Opened,
    deleted=Closed,
    compare=compare,
    fire=fire,
    apply=apply,
    lists=(By(("iban",)),),
    filters=("currency",),
)
ACCOUNT_ID = "01a206e7-d420-7708-b4e8-81bbfc74de67"
OPENED_AT = datetime(2026, 11, 1, 12, tzinfo=UTC)


def items(*events: object) -> list[Item]:
    """Write an account's commits, of one event each, a minute apart."""
    root = root_of(ACCOUNTS)
    return [
        write_commit(
            ACCOUNTS,
            Commit(
                aggregate_id=ACCOUNT_ID,
                version=number + 1,
                events=(event,),
                state=reduce(root.apply, events[: number + 1], root.zero),
                command_id=str(UUID(int=number)),
                position=Position("queue", number),
                issued_at=OPENED_AT + timedelta(minutes=number),
                occurred_at=OPENED_AT + timedelta(minutes=number),
                actor="jane",
                correlation_id="c",
            ),
        )
        for number, event in enumerate(events)
    ]


LIFE = biography(ACCOUNTS, ACCOUNT_ID, items(Opened(Account(Currency.EURO, "DE021", 1500)), Moved(250)), None)


def test_a_life_is_told_in_the_words_of_the_resource() -> None:
    text = "\n".join(lines(LIFE))
    assert "     1  Opened            EUR: iban DE021, cents 1,500, isFrozen false\n" in text
    assert "     2  Moved             cents 1,500 → 250 (-1,250)\n" in text
    assert text.endswith(
        "At version 2 the account is:\n  currency  EUR\n  iban      DE021\n  cents     250\n  isFrozen  false"
    )


def test_a_program_reads_it_by_the_names_of_the_resource() -> None:
    life = document(LIFE)
    assert (life["accountId"], life["account"]["cents"], life["version"]) == (ACCOUNT_ID, 250, 2)
    assert LIFE.faults == []


def test_the_end_of_a_life_is_told_too() -> None:
    ended = biography(ACCOUNTS, ACCOUNT_ID, items(Opened(Account(Currency.EURO, "DE021", 0)), Closed()), None)
    assert "At version 2 the account is deleted. It last was:\n" in "\n".join(lines(ended))
    assert ended.faults == []


def test_events_are_asked_for_by_the_names_of_the_resource() -> None:
    policy = filter_policy(ACCOUNTS, UUID(ACCOUNT_ID), ("Moved",), {"currency": "EUR"})
    assert policy == {"accountId": [ACCOUNT_ID], "type": ["Moved"], "currency": ["EUR"]}


def test_an_event_is_shown_with_its_version() -> None:
    moved = {"time": "now", "subject": ACCOUNT_ID, "accountversion": 2, "type": "Moved", "data": {"cents": 2500}}
    assert line(ACCOUNTS, Received(moved, {}, "")) == f"now  {ACCOUNT_ID}     2  Moved             cents 2,500"
