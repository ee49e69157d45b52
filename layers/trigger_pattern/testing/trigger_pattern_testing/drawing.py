"""Strategies of hypothesis for the values of a resource's types."""

import types
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache, partial
from re import ASCII
from re import compile as compiled
from typing import Annotated, Any, Final, TypeAlias, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from hypothesis import reject
from hypothesis import strategies as st

from trigger_pattern.definition.codecs import BLANKS, EXACT
from trigger_pattern.definition.fields import Between, Length, Parsed, Pattern, Places
from trigger_pattern.definition.hints import pick, taken_apart
from trigger_pattern_testing.scenario import NOW

Drawn: TypeAlias = st.SearchStrategy[Any]
Hint: TypeAlias = Any

NEAR: Final = 50
"""The distance of most numbers from a bound, and of most days from now: a domain's own limits are often there."""

MORE_ITEMS: Final = 3
"""A drawn list has at most this many items more than the fewest."""

_CHARACTERS = st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\t\n")


@dataclass(frozen=True)
class Drawing:
    """Draws values of types.

    With `wide`, numbers also come from the range that only requests can have. `own` has an author's own strategies, by
    class and field: `Account.owner`.
    """

    own: Mapping[str, Drawn]
    wide: bool = False
    _made: dict[tuple[type, str], Drawn] = field(default_factory=dict[tuple[type, str], Drawn], repr=False)

    def record(self, cls: type) -> Drawn:
        """Draw values of a dataclass."""
        parts = {name: self.field(cls, name) for name in hints_of(cls)}
        return st.fixed_dictionaries(parts).map(partial(made, cls))

    def field(self, cls: type, name: str) -> Drawn:
        """Draw values of a field; its default often, since rules are often about it."""
        if (cls, name) not in self._made:
            default = getattr(cls, name, None)
            drawn = self.own.get(f"{cls.__name__}.{name}")
            drawn = self.hint(hints_of(cls)[name]) if drawn is None else drawn
            self._made[cls, name] = drawn if default in (None, ()) else st.just(default) | drawn
        return self._made[cls, name]

    def hint(self, hint: Hint) -> Drawn:
        """Draw values of a type that fit its terms of Annotated. Raises TypeError if it needs a strategy in `own`."""
        base, extras = taken_apart(hint)
        if form := pick(Parsed, extras):
            return _parsed(form)
        if get_origin(base) in (Union, types.UnionType):
            return st.none() | self.hint(present(hint))
        if get_origin(base) is tuple:
            return self._items(get_args(base)[0], pick(Length, extras) or Length(0, MORE_ITEMS))
        if is_dataclass(base) and isinstance(base, type):
            return self.record(base)
        return self._single(cast("type", base), extras)

    def _items(self, item: Hint, length: Length) -> Drawn:
        most = min(length.most, length.least + MORE_ITEMS)
        drawn = self.hint(item)
        return st.integers(length.least, most).flatmap(lambda size: st.tuples(*[drawn] * size))

    def _single(self, base: type, extras: tuple[Any, ...]) -> Drawn:
        if issubclass(base, bool):
            return st.booleans()
        if issubclass(base, Enum):
            return st.sampled_from(list(base))
        if issubclass(base, int | Decimal):
            return self._number(pick(Between, extras) or Between(-EXACT, EXACT), pick(Places, extras))
        if issubclass(base, str):
            return _text(pick(Pattern, extras), pick(Length, extras) or Length(0, 100))
        return _PLAIN[next(kind for kind in _PLAIN if issubclass(base, kind))]

    def _number(self, between: Between, places: Places | None) -> Drawn:
        if places is None:
            return self._numbers(between, 1)
        return self._numbers(between, 10**places.most).map(lambda units: Decimal(units).scaleb(-places.most))

    def _numbers(self, between: Between, unit: int) -> st.SearchStrategy[int]:
        inner = [int(Fraction(end) * unit) for end in (between.least, between.most)]
        outer = [int(Fraction(end) * unit) for end in between.accepts or ()] if self.wide else []
        least, most = outer or inner
        near = [
            st.integers(max(least, end - NEAR * unit), min(most, end + NEAR * unit)) for end in {*inner, least, most}
        ]
        return st.one_of(*near, st.integers(least, most))


_AROUND_NOW = (NOW.replace(tzinfo=None) - timedelta(NEAR), NOW.replace(tzinfo=None) + timedelta(NEAR))
_PLAIN: Final[Mapping[type, Drawn]] = {
    UUID: st.uuids(),
    datetime: (st.datetimes(*_AROUND_NOW, timezones=st.just(UTC)) | st.datetimes(timezones=st.just(UTC))).map(
        lambda drawn: drawn.replace(microsecond=drawn.microsecond // 1000 * 1000)
    ),
    date: st.dates(NOW.date() - timedelta(NEAR), NOW.date() + timedelta(NEAR)) | st.dates(),
    time: st.times().map(lambda drawn: drawn.replace(microsecond=0, fold=0)),
}


@cache
def hints_of(cls: type) -> Mapping[str, Hint]:
    """Return the hints of a dataclass's fields, with their terms of Annotated."""
    hints = get_type_hints(cls, include_extras=True)
    return {each.name: hints[each.name] for each in fields(cls)}


def present(hint: Hint) -> Hint:
    """Return the type of an optional value other than None."""
    base, extras = taken_apart(hint)
    [inner] = [each for each in get_args(base) if each is not type(None)]
    return Annotated[inner, *extras] if extras else inner


def made(cls: type, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the dataclass
    """Make a dataclass's value; if its own rules forbid it, hypothesis draws another one."""
    try:
        return cls(**values)
    except ValueError:
        reject()


def _parsed(form: Parsed) -> Drawn:
    if "enum" in form.stores:
        return st.sampled_from(list(form.stores["enum"])).map(form.read)
    if "pattern" not in form.stores:
        raise TypeError(f"{form!r} has no pattern: add a strategy for its fields to the class's `own`")
    texts: Drawn = st.from_regex(compiled(form.stores["pattern"], ASCII), fullmatch=True)
    return texts.map(form.read)


def _text(pattern: Pattern | None, length: Length) -> Drawn:
    if pattern:
        texts = st.from_regex(compiled(pattern.pattern, ASCII), fullmatch=True)
        return texts.filter(lambda text: length.least <= len(text) <= length.most and text == text.strip(BLANKS))
    short = st.text(_CHARACTERS, min_size=length.least, max_size=min(length.most, length.least + 10))
    longest = st.just("x" * length.most)
    return (short | longest).filter(lambda text: text == text.strip(BLANKS))
