"""Random choices that are no faults, such as the next step or request. The story leaves them out."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from tests.simulation.world.dice import Dice

T = TypeVar("T")


def happens(dice: Dice, what: str, probability: float) -> bool:
    """Return True with this probability."""
    return dice.between(what, 0, 1) < probability


def one_of(dice: Dice, what: str, options: Sequence[T]) -> T:
    """Choose one of several."""
    return options[int(dice.between(what, 0, len(options)))]


def weighted(dice: Dice, what: str, options: Mapping[T, float]) -> T:
    """Choose one of several by their weights."""
    left = dice.between(what, 0, sum(options.values()))
    for option, weight in options.items():
        left -= weight
        if left < 0:
            return option
    return next(iter(options))
