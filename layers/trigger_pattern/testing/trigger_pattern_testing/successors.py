"""The values that a client's next request may propose, made from the current one.

Two values drawn independently have nothing in common: no item of a list is ever moved from one to the other.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import is_dataclass, replace
from typing import Any, TypeAlias, cast, get_args

from hypothesis import strategies as st

from trigger_pattern.definition.fields import Mark
from trigger_pattern.definition.hints import taken_apart
from trigger_pattern_testing.drawing import Drawing, Hint, hints_of

Value: TypeAlias = Any
_MOST_EDITS = 3


@st.composite
def successor(draw: st.DrawFn, drawing: Drawing, current: Value) -> Value:
    """Draw a value some edits away from the current one."""
    value = current
    for _ in range(draw(st.integers(1, _MOST_EDITS))):
        if possible := list(edits(value, draw(drawing.record(class_of(current))))):
            value = draw(st.sampled_from(possible))
    return value


def edits(current: Value, other: Value) -> Iterator[Value]:
    """Yield each value that differs in one thing: a field is cleared, or as in the other value, or its items are moved.

    Both are values of one dataclass. Immutable fields are kept.
    """
    for name, hint in hints_of(class_of(current)).items():
        if not _is_immutable(hint):
            for part in _parts(hint, getattr(current, name), getattr(other, name)):
                with suppress(ValueError):  # of its __post_init__
                    yield replace(current, **{name: part})


def class_of(value: object) -> type:
    """Return a value's class."""
    return type(value)


def _is_immutable(hint: Hint) -> bool:
    base, extras = taken_apart(hint)
    extras += tuple(extra for each in get_args(base) for extra in taken_apart(each)[1])
    return any(isinstance(extra, Mark) and extra.name == "immutable" for extra in extras)


def _parts(hint: Hint, current: Value, other: Value) -> Iterator[Value]:
    """Yield replacements of a part, which is a field or an item."""
    base, _ = taken_apart(hint)
    if other != current:
        yield other
    if current is None:
        return
    if type(None) in get_args(base) and other is not None:
        yield None
    if is_dataclass(current) and isinstance(other, type(current)):
        yield from edits(current, other)
    if isinstance(current, tuple):
        yield from _lists(cast("Sequence[Value]", current), cast("Sequence[Value]", other or ()))


def _lists(items: Sequence[Value], others: Sequence[Value]) -> Iterator[tuple[Value, ...]]:
    """Yield lists with items moved, dropped, repeated, added and changed."""
    if len(items) > 1:
        yield (*items[::-1],)
        yield (*items[1:], items[0])
    for index, item in enumerate(items):
        before, after = items[:index], items[index + 1 :]
        yield (*before, *after)
        for other in others[:1]:
            yield (*before, other, item, *after)
            if is_dataclass(item):
                yield from ((*before, edited, *after) for edited in edits(item, other))
    if items:
        yield (*items, items[0])
    yield (*items, *others)
