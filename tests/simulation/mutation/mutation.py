"""A break of one function or setting, and the promise that then does not hold."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pkgutil import resolve_name
from typing import Any, Final, TypeAlias

import pytest

from tests.simulation.subject.known import CAR

Original: TypeAlias = Callable[..., Any]
"""The function that a break stands for."""


@dataclass(frozen=True)
class Mutation:
    """A break of what `targets` name, dotted paths, as callers look it up; `replace` makes it of the original."""

    name: str
    targets: tuple[str, ...]
    breaks: str
    replace: Callable[[Any], object]
    resource: str = CAR

    @contextmanager
    def applied(self) -> Generator[None]:
        """Break the code in this process. Raises ImportError or AttributeError if there is no such target."""
        with pytest.MonkeyPatch.context() as patch:
            for target in self.targets:
                patch.setattr(target, self.replace(resolve_name(target)))
            yield


MUTATIONS: Final[list[Mutation]] = []


def mutates(*targets: str, breaks: str, resource: str = CAR) -> Callable[[Original], Original]:
    """Register a function, by its name, as a break of `targets`; it gets the original before the arguments."""

    def register(replacement: Original) -> Original:
        def replace(original: Original) -> Original:
            @wraps(original)
            def call(*arguments: object, **named: object) -> object:
                return replacement(original, *arguments, **named)

            return call

        name = replacement.__name__.replace("_", " ")
        MUTATIONS.append(Mutation(name, targets, breaks, replace, resource))
        return replacement

    return register


def set_to(name: str, target: str, value: object, *, breaks: str) -> None:
    """Register a break of a setting, which gets another value."""
    MUTATIONS.append(Mutation(name, (target,), breaks, lambda _: value))
