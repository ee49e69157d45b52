"""The error that a failed invariant raises, and the function that checks one."""

from collections.abc import Callable, Iterable
from typing import ParamSpec, TypeAlias

P = ParamSpec("P")

Violations: TypeAlias = Iterable[str]
"""What an invariant found wrong, as sentences; empty if it holds."""


class Violation(BaseException):
    """An invariant, named by its sentence, does not hold. A BaseException, so that no `except Exception` hides it."""

    def __init__(self, sentence: str, detail: str) -> None:
        super().__init__(f"{sentence}: {detail}")
        self.sentence = sentence


def check(invariant: Callable[P, Violations], *args: P.args, **kwargs: P.kwargs) -> None:
    """Check that an invariant holds. Raises Violation with the first thing that is wrong."""
    for detail in invariant(*args, **kwargs):
        raise Violation(invariant.__name__.replace("_", " "), detail)
