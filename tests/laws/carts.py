"""Shopping carts, to try the laws on what neither cars nor accounts have: lists, money, dates and nested values."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, TypeAlias, assert_never
from uuid import UUID

from trigger_pattern import (
    IMMUTABLE,
    Between,
    By,
    Context,
    Creation,
    Deletion,
    Length,
    Pattern,
    Places,
    Refusal,
    Refused,
    Resource,
    when_changed,
)

# Values

Article: TypeAlias = Annotated[str, Pattern(r"[A-Z]{2}[0-9]{3}", "an article's number, such as AB123"), Length(5, 5)]


class Currency(StrEnum):
    """The shop's currencies."""

    EUR = "EUR"
    CHF = "CHF"


@dataclass(frozen=True)
class Money:
    """A price."""

    amount: Annotated[Decimal, Between(0, 5_000), Places(2)]
    currency: Currency = Currency.EUR


@dataclass(frozen=True)
class Line:
    """Some pieces of an article."""

    article: Article
    price: Money
    pieces: Annotated[int, Between(1, 99)] = 1


@dataclass(frozen=True)
class Address:
    """An address for parcels."""

    street: Annotated[str, Length(1, 60)]
    town: Annotated[str, Length(1, 40)]
    floor: Annotated[int, Between(-5, 150)] | None = None


@dataclass(frozen=True)
class Cart:
    """A shopping cart."""

    customer: Annotated[UUID, IMMUTABLE]
    lines: Annotated[tuple[Line, ...], Length(0, 20)] = ()
    delivery: date | None = None
    address: Address | None = None


# Events


class Started(Creation[Cart]):
    """A customer took a cart."""


@dataclass(frozen=True)
class LineAdded:
    """An article was added, below the others."""

    line: Line


@dataclass(frozen=True)
class LineChanged:
    """An article has another price or number of pieces; its line stays in its place."""

    line: Line


@dataclass(frozen=True)
class LineRemoved:
    """An article was taken out."""

    article: Article


@dataclass(frozen=True)
class LinesReordered:
    """The lines have another order, by their articles."""

    articles: Annotated[tuple[Article, ...], Length(2, 20)]


@dataclass(frozen=True)
class DeliveryChanged:
    """The day of the delivery was chosen, or is open again."""

    delivery: date | None


@dataclass(frozen=True)
class AddressChanged:
    """The parcel goes to another address, or to none yet."""

    address: Address | None


class Emptied(Deletion):
    """The cart was given back."""


Event: TypeAlias = LineAdded | LineChanged | LineRemoved | LinesReordered | DeliveryChanged | AddressChanged


def apply(cart: Cart, event: Event) -> Cart:
    """Return the cart after an event."""
    match event:
        case LineAdded(line):
            return replace(cart, lines=(*cart.lines, line))
        case LineChanged(line):
            return replace(cart, lines=tuple(line if each.article == line.article else each for each in cart.lines))
        case LineRemoved(article):
            return replace(cart, lines=tuple(each for each in cart.lines if each.article != article))
        case LinesReordered(articles):
            return replace(cart, lines=tuple(sorted(cart.lines, key=lambda line: articles.index(line.article))))
        case DeliveryChanged(delivery):
            return replace(cart, delivery=delivery)
        case AddressChanged(address):
            return replace(cart, address=address)
        case _:
            assert_never(event)


# Triggers. Each is named for its event, which it holds.


@dataclass(frozen=True)
class Change:
    """Do this."""

    event: Event


def compare(current: Cart, proposed: Cart) -> Iterator[Change]:
    """Yield the triggers: remove, change and add lines, then put them in order."""
    yield from map(Change, line_changes(current, proposed))
    after = [line.article for line in current.lines if line.article in _by_article(proposed)]
    after += [line.article for line in proposed.lines if line.article not in _by_article(current)]
    wanted = tuple(line.article for line in proposed.lines)
    if tuple(after) != wanted:
        yield Change(LinesReordered(wanted))
    yield from compare_the_rest(current, proposed)


def line_changes(current: Cart, proposed: Cart) -> Iterator[Event]:
    """Yield what must happen to lines, whatever their order."""
    before, after = _by_article(current), _by_article(proposed)
    yield from (LineRemoved(article) for article in before if article not in after)
    yield from (LineChanged(line) for article, line in after.items() if before.get(article, line) != line)
    yield from (LineAdded(line) for article, line in after.items() if article not in before)


def compare_the_rest(current: Cart, proposed: Cart) -> Iterator[Change]:
    """Yield the triggers of what has nothing to do with lines."""
    yield from when_changed(current.delivery, proposed.delivery, lambda delivery: Change(DeliveryChanged(delivery)))
    yield from when_changed(current.address, proposed.address, lambda address: Change(AddressChanged(address)))


def _by_article(cart: Cart) -> dict[str, Line]:
    return {line.article: line for line in cart.lines}


def fire(_: Cart, trigger: Change, context: Context) -> Event | Refused:
    """Return the event that a trigger holds, unless it is a delivery in the past."""
    match trigger.event:
        case DeliveryChanged(date() as delivery) if delivery <= context.now.date():
            return Refused.because(DELIVERY_TOO_SOON)
        case event:
            return event


# Refusals

DELIVERY_TOO_SOON = Refusal("delivery-too-soon", "The earliest delivery is tomorrow.", "/delivery")
ARTICLE_REPEATED = Refusal("article-repeated", "Each article has one line.", "/lines")


def opening(cart: Cart, context: Context) -> Iterator[Refusal]:
    """Yield why a cart may not be started."""
    if cart.delivery and cart.delivery <= context.now.date():
        yield DELIVERY_TOO_SOON


def check(cart: Cart) -> Iterator[Refusal]:
    """Yield what is wrong between lines."""
    if len(_by_article(cart)) < len(cart.lines):
        yield ARTICLE_REPEATED


CARTS: Resource[Cart, Change, Event] = Resource(
    name="shopping-cart",
    plural="shopping-carts",
    of=Cart,
    created=Started,
    deleted=Emptied,
    compare=compare,
    fire=fire,
    apply=apply,
    opening=opening,
    check=check,
    refusals=(DELIVERY_TOO_SOON, ARTICLE_REPEATED),
    lists=(By(("customer",), then="delivery"),),
)
