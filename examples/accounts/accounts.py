"""Accounts. Values, events, apply, triggers, compare, fire, refusals, registration."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, TypeAlias, assert_never
from uuid import UUID

from trigger_pattern import (
    IMMUTABLE,
    NOT_ON_CREATION,
    Between,
    By,
    Context,
    Creation,
    Deletion,
    Doc,
    Length,
    Refusal,
    Refused,
    Resource,
    Words,
    when_changed,
)

# Values


class Currency(StrEnum):
    """By its code in ISO 4217."""

    EUR = "EUR"
    USD = "USD"
    GBP = "GBP"


class Status(StrEnum):
    """A frozen account must be unfrozen before anything else."""

    ACTIVE = "active"
    FROZEN = "frozen"


CENTS = Between(0, 9_999_999, accepts=(-9_999_999, 9_999_999))

Owner: TypeAlias = Annotated[UUID, Doc("The owner's UUID")]
Limit: TypeAlias = Annotated[int, CENTS, Doc("How far the balance may go below zero, in hundredths of the currency")]
Nickname: TypeAlias = Annotated[str, Length(1, 40), Doc("The owner's own name for the account")]


@dataclass(frozen=True)
class Account:
    """An account."""

    owner: Owner
    currency: Annotated[Currency, IMMUTABLE, Doc("The currency of the balance")]
    limit: Limit = 0
    status: Annotated[Status, NOT_ON_CREATION, Doc("Whether the account can be changed")] = Status.ACTIVE
    nickname: Nickname | None = None


# Events, in the past tense. Their names and fields are the stored format.


class Opened(Creation[Account]):
    """The account was opened."""


@dataclass(frozen=True)
class OwnerChanged:
    """The account was handed over to another owner."""

    owner: Owner


@dataclass(frozen=True)
class LimitChanged:
    """The limit was raised or lowered."""

    limit: Limit


@dataclass(frozen=True)
class NicknameChanged:
    """The owner renamed the account, or removed its name."""

    nickname: Nickname | None


@dataclass(frozen=True)
class Frozen:
    """The account was frozen."""


@dataclass(frozen=True)
class Unfrozen:
    """The account was unfrozen."""


class Closed(Deletion):
    """The account was closed, for ever."""


Event: TypeAlias = OwnerChanged | LimitChanged | NicknameChanged | Frozen | Unfrozen


def apply(account: Account, event: Event) -> Account:
    """Return the account after an event."""
    match event:
        case OwnerChanged(owner):
            return replace(account, owner=owner)
        case LimitChanged(limit):
            return replace(account, limit=limit)
        case NicknameChanged(nickname):
            return replace(account, nickname=nickname)
        case Frozen():
            return replace(account, status=Status.FROZEN)
        case Unfrozen():
            return replace(account, status=Status.ACTIVE)
        case _:
            assert_never(event)


# Triggers, in the imperative


@dataclass(frozen=True)
class ChangeOwner:
    """Hand the account over to this owner."""

    owner: UUID


@dataclass(frozen=True)
class ChangeLimit:
    """Set this limit."""

    limit: int


@dataclass(frozen=True)
class ChangeNickname:
    """Use this nickname, or none."""

    nickname: str | None


@dataclass(frozen=True)
class Freeze:
    """Refuse all changes from now on."""


@dataclass(frozen=True)
class Unfreeze:
    """Allow changes again."""


Trigger: TypeAlias = ChangeOwner | ChangeLimit | ChangeNickname | Freeze | Unfreeze


def compare(current: Account, proposed: Account) -> Iterator[Trigger]:
    """Yield the triggers that lead from one account to the other: unfreeze first and freeze last."""
    if current.status is Status.FROZEN and proposed.status is Status.ACTIVE:
        yield Unfreeze()
    yield from when_changed(current.owner, proposed.owner, ChangeOwner)
    yield from when_changed(current.limit, proposed.limit, ChangeLimit)
    yield from when_changed(current.nickname, proposed.nickname, ChangeNickname)
    if current.status is Status.ACTIVE and proposed.status is Status.FROZEN:
        yield Freeze()


def fire(account: Account, trigger: Trigger, _: Context) -> Event | Refused:
    """Return the event that a trigger causes, or why it causes none."""
    if account.status is Status.FROZEN and not isinstance(trigger, Unfreeze):
        return Refused.because(ACCOUNT_FROZEN)
    match trigger:
        case ChangeOwner(owner):
            return OwnerChanged(owner)
        case ChangeLimit(limit):
            return LimitChanged(limit) if limit >= 0 else Refused.because(NEGATIVE_LIMIT)
        case ChangeNickname(nickname):
            return NicknameChanged(nickname)
        case Freeze():
            return Frozen()
        case Unfreeze():
            return Unfrozen()
        case _:
            assert_never(trigger)


# Refusals

ACCOUNT_FROZEN = Refusal("account-frozen", "The account is frozen: unfreeze it first.", "/status")
NEGATIVE_LIMIT = Refusal("negative-limit", "The limit cannot be negative.", "/limit")
LIMIT_NOT_ZERO = Refusal("limit-not-zero", "Set the limit to 0 before you close the account.", "/limit")


def opening(account: Account, _: Context) -> Iterator[Refusal]:
    """Yield why an account may not be opened."""
    if account.limit < 0:
        yield NEGATIVE_LIMIT


def closing(account: Account, _: Context) -> Iterator[Refusal]:
    """Yield why an account may not be closed."""
    if account.status is Status.FROZEN:
        yield ACCOUNT_FROZEN
    if account.limit:
        yield LIMIT_NOT_ZERO


ACCOUNTS: Resource[Account, Trigger, Event] = Resource(
    name="account",
    plural="accounts",
    of=Account,
    created=Opened,
    deleted=Closed,
    compare=compare,
    fire=fire,
    apply=apply,
    opening=opening,
    closing=closing,
    refusals=(ACCOUNT_FROZEN, NEGATIVE_LIMIT, LIMIT_NOT_ZERO),
    lists=(By(("owner",)), By(("currency",), then="status")),
    filters=("currency",),
    words=Words(deleted="This account was closed, and its id is never used again."),
)
