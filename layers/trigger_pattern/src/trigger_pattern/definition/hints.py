"""Type hints, split into a type and the terms of its `Annotated`."""

import types
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin
from uuid import UUID

from trigger_pattern.definition.fields import Between, Doc, Length, Mark, Named, Pattern, Places
from trigger_pattern.definition.reasons import InvalidDefinition

Extra = TypeVar("Extra")

FITS: Mapping[type, tuple[type, ...]] = {
    bool: (), Enum: (), UUID: (), datetime: (), date: (), time: (),
    int: (Between,), Decimal: (Between, Places), str: (Length, Pattern), tuple: (Length,),
}  # fmt: skip
"""The terms that `Annotated` may have for a type, beside those for any field."""


def taken_apart(hint: Any) -> tuple[Any, tuple[Any, ...]]:  # noqa: ANN401 - a hint
    """Return a hint's type, without its Annotated and NewType, and all of their terms."""
    extras: tuple[Any, ...] = ()
    while True:
        if get_origin(hint) is Annotated:
            hint, *more = get_args(hint)
            extras = (*more, *extras)
        elif hasattr(hint, "__supertype__"):
            hint = hint.__supertype__
        else:
            return hint, extras


def all_said(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a hint
    """Return a field's terms of `Annotated`, also those inside a union: `Annotated[str, Length(1, 9)] | None`."""
    base, extras = taken_apart(hint)
    inner = get_args(base) if is_union(base) else ()
    return (*extras, *(extra for each in inner for extra in taken_apart(each)[1]))


def pick(kind: type[Extra], extras: tuple[Any, ...]) -> Extra | None:
    """Return a hint's first term of a kind, None if it has none."""
    return next((extra for extra in extras if isinstance(extra, kind)), None)


def is_union(base: Any) -> bool:  # noqa: ANN401 - a type
    """Return whether a type is one of several."""
    return get_origin(base) in (Union, types.UnionType)


def kind_of(base: Any) -> type | None:  # noqa: ANN401 - a type
    """Return the type of FITS that a type belongs to; None for a dataclass and for types that cannot be stored."""
    if get_origin(base) is tuple:
        return tuple if get_args(base)[1:] == (...,) else None
    return next((kind for kind in FITS if isinstance(base, type) and issubclass(base, kind)), None)


def refuse_marks(item: Any, where: str) -> None:  # noqa: ANN401 - a hint
    """Raise InvalidDefinition if the items of a list are marked."""
    for extra in all_said(item):
        if isinstance(extra, Mark):
            raise InvalidDefinition(f"{where}: items come and go, so none is {extra.name}: mark the field itself")


def refuse_misfits(base: Any, fits: tuple[type, ...], extras: tuple[Any, ...], where: str) -> None:  # noqa: ANN401 - a type
    """Raise InvalidDefinition if a term of `Annotated` does not fit its type."""
    for extra in extras:
        if not isinstance(extra, (Doc, Mark, Named, *fits)):
            raise InvalidDefinition(f"{where}: {extra!r} says nothing about {getattr(base, '__name__', base)}")


def refuse_wrong_bounds(between: Between, places: Places | None, where: str) -> None:
    """Raise InvalidDefinition if a bound is no whole number, or of a Decimal no Decimal of at most its places."""
    for bound in (between.least, between.most, *(between.accepts or ())):
        if not isinstance(bound, int) and places is None:
            raise InvalidDefinition(f"{where}: the bound {bound!r} must be a whole number. Write Between(0, 1000)")
        if not isinstance(bound, int) and places and not _fits(bound, places):
            raise InvalidDefinition(
                f"{where}: the bound {bound!r} must be a whole number, or a Decimal made of a text of at most "
                f'{places.most} places. Write Between(0, 1000) or Between(Decimal("0.5"), 1000)'
            )


def _fits(bound: object, places: Places) -> bool:
    exponent = bound.as_tuple().exponent if isinstance(bound, Decimal) else None
    return isinstance(exponent, int) and -exponent <= places.most
