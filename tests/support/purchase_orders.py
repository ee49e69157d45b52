"""A resource unlike cars: nested values, lists, decimals, fields that may be absent, and a name of two words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

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
    Pattern,
    Places,
    Refusal,
    Refused,
    Resource,
    when_changed,
)


class Stage(StrEnum):
    OPEN = "open"
    PAID = "paid"


@dataclass(frozen=True)
class Line:
    product: Annotated[str, Length(3, 40)]
    price: Annotated[Decimal, Between(0, 5), Places(2)]
    gift: bool = False


@dataclass(frozen=True)
class Address:
    city: Annotated[str, Length(1, 40)]
    street: Annotated[str, Length(1, 40)] | None = None


@dataclass(frozen=True)
class Order:
    number: Annotated[str, Pattern("[0-9]{6}", "six digits"), IMMUTABLE, Doc("Printed on the invoice.")]
    lines: Annotated[tuple[Line, ...], Length(1, 5)]
    discount: Annotated[Decimal, Between(0, 1), Places(3)]
    address: Address | None = None
    note: Annotated[str, Length(1, 60)] | None = None
    stage: Annotated[Stage, NOT_ON_CREATION] = Stage.OPEN


class Placed(Creation[Order]):
    """It was placed."""


@dataclass(frozen=True)
class NoteChanged:
    """It has another note."""

    note: Annotated[str, Length(1, 60)] | None


class Withdrawn(Deletion):
    """It was withdrawn."""


@dataclass(frozen=True)
class ChangeNote:
    note: str | None


def compare(current: Order, proposed: Order) -> Iterator[ChangeNote]:
    yield from when_changed(current.note, proposed.note, ChangeNote)


def fire(_: Order, trigger: ChangeNote, __: Context) -> NoteChanged | Refused:
    return NoteChanged(trigger.note)


def apply(order: Order, event: NoteChanged) -> Order:
    return replace(order, note=event.note)


ORDERS: Resource[Order, ChangeNote, NoteChanged] = Resource(
    name="purchase-order",
    plural="purchase-orders",
    of=Order,
    created=Placed,
    deleted=Withdrawn,
    compare=compare,
    fire=fire,
    apply=apply,
    refusals=(Refusal("note-too-late", "The note of a paid order cannot change.", "/note"),),
    lists=(By(("number",)), By(("stage",), then="note")),
)
