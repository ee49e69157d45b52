"""What a run fails with, and how it is asked for."""

from collections.abc import Callable, Iterable
from typing import ParamSpec, TypeAlias

P = ParamSpec("P")

Faults: TypeAlias = Iterable[str]
"""What an invariant found wrong, in words; nothing where it holds."""


class Broken(BaseException):
    """An invariant, by its sentence, does not hold. No `except Exception` of the code in between may hide that."""

    def __init__(self, sentence: str, detail: str) -> None:
        super().__init__(f"{sentence}: {detail}")
        self.sentence = sentence


def hold(invariant: Callable[P, Faults], *args: P.args, **kwargs: P.kwargs) -> None:
    """See that an invariant holds. Raises Broken with the first thing that is wrong."""
    for detail in invariant(*args, **kwargs):
        raise Broken(invariant.__name__.replace("_", " "), detail)
