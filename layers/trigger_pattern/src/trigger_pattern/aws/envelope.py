"""The envelopes of commits and commands, read strictly: nothing but this code writes them.

Members that newer code may have added are ignored. A fault names its member, and repeats no value.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias, cast

from trigger_pattern.definition.reasons import Invalid, expected, missing_value, within
from trigger_pattern.definition.texts import moment
from trigger_pattern.kernel import Refusal

Reader: TypeAlias = Callable[[Any], Any]
"""Returns a member's value. Raises Invalid."""

REQUIRED: Final = object()


@dataclass(frozen=True)
class Member:
    """A member of an envelope; without a default it must be there."""

    read: Reader
    default: Any = REQUIRED


def read_envelope(members: Mapping[str, Member], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of each member. Raises Invalid, with every fault."""
    values, faults = dict[str, Any](), list[Refusal]()
    for name, member in members.items():
        if name in given:
            try:
                values[name] = member.read(given[name])
            except Invalid as invalid:
                faults += within(name, invalid.faults)
        elif member.default is REQUIRED:
            faults.append(missing_value(name))
        else:
            values[name] = member.default
    if faults:
        raise Invalid(*faults)
    return values


def text(most: int | None = None) -> Reader:
    """Return the reader of a text of any characters, at most so many."""

    def read(value: Any) -> str:  # noqa: ANN401 - any JSON
        if isinstance(value, str) and (most is None or len(value) <= most):
            return value
        raise expected("a text" if most is None else f"a text of at most {most} characters")

    return read


def whole(least: int | None = None, below: int | None = None) -> Reader:
    """Return the reader of a whole number."""

    def read(value: Any) -> int:  # noqa: ANN401 - any JSON
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if is_number and (least is None or value >= least) and (below is None or value < below):
            return int(value)
        raise expected("a whole number" if least is None else f"a whole number from {least}")

    return read


def flag(value: Any) -> bool:  # noqa: ANN401 - any JSON
    """Read true or false. Raises Invalid."""
    if isinstance(value, bool):
        return value
    raise expected("true or false")


def plain_object(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Read an object as it is. Raises Invalid."""
    if isinstance(value, dict):
        return cast("dict[str, Any]", value)
    raise expected("an object")


def or_null(read: Reader) -> Reader:
    """Return the reader that takes null too."""
    return lambda value: None if value is None else read(value)


time: Final[Callable[[Any], datetime]] = moment().read
"""Reads a time with its offset, and returns it in UTC. Raises Invalid."""
