"""Accounts: a resource beside cars, with free texts, optional fields and lists of every kind."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any, TypeAlias

from trigger_pattern import IMMUTABLE, By, Context, Creation, Deletion, Length, Resource, when_changed


class Status(StrEnum):
    OPEN = "open"
    FROZEN = "frozen"


@dataclass(frozen=True)
class Account:
    bank: Annotated[str, Length(1, 40), IMMUTABLE]
    currency: Annotated[str, Length(1, 40)]
    holder: Annotated[str, Length(1, 40)]
    status: Status
    branch: Annotated[str, Length(1, 40)] | None = None


class Opened(Creation[Account]):
    """The account was opened."""


@dataclass(frozen=True)
class StatusChanged:
    """The account is in another status."""

    status: Status


class Closed(Deletion):
    """The account was closed."""


@dataclass(frozen=True)
class ChangeStatus:
    status: Status


Event: TypeAlias = StatusChanged


def apply(account: Account, event: Event) -> Account:
    return replace(account, status=event.status)


def compare(current: Account, proposed: Account) -> Iterator[ChangeStatus]:
    yield from when_changed(current.status, proposed.status, ChangeStatus)


def fire(_account: Account, trigger: ChangeStatus, _: Context) -> Event:
    return StatusChanged(trigger.status)


ACCOUNTS: Resource[Account, ChangeStatus, Event] = Resource(
    name="account",
    plural="accounts",
    of=Account,
    created=Opened,
    deleted=Closed,
    compare=compare,
    fire=fire,
    apply=apply,
    lists=(By(("holder",)), By(("bank", "currency"), then="status"), By(("branch",), then="status")),
)


def account(**changes: Any) -> Account:
    """Return an account with some fields different."""
    return replace(Account("N26", "EUR", "Ann", Status.OPEN), **changes)
