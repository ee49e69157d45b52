"""The one source of chance: everything that could go either way asks here, by name, so that a seed tells it all.

Each name has its own row of numbers, which depend on the seed, the name and how often it was asked for. So leaving
one fault out of a story changes nothing of what is drawn under other names, and a failing story can be made shorter.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TypeVar
from uuid import UUID

from tests.simulation.world.clock import Clock

T = TypeVar("T")

_SCALE = float(1 << 64)
_VERSION_4 = 4


@dataclass(frozen=True)
class Chosen:
    """One thing that came to pass: when (seconds since 1970), what, and the how-manieth drawing of that name."""

    at: float
    what: str
    number: int
    outcome: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """What `Dice.without` takes, to leave it out the next time."""
        return self.what, self.number


@dataclass
class Dice:
    """Draws by a seed. `without` names chances that do not come to pass, whatever the seed says.

    While `quiet`, no chance comes to pass, and of several options the first is taken: for an undisturbed end.
    """

    seed: int | str = 0
    clock: Clock | None = None
    without: frozenset[tuple[str, int]] = frozenset()
    quiet: bool = False
    story: list[Chosen] = field(default_factory=list[Chosen])
    asked: Counter[str] = field(default_factory=Counter[str])
    taken: Counter[str] = field(default_factory=Counter[str])

    def chance(self, what: str, probability: float) -> bool:
        """Return whether something happens; if so, it is counted and added to the story."""
        if self.quiet or probability <= 0:
            return False
        number = self.asked[what]
        hit = self._draw(what) < probability and (what, number) not in self.without
        if hit:
            self._keep(what, number, "")
        return hit

    def pick(self, what: str, options: Sequence[T]) -> T:
        """Choose one of several."""
        if self.quiet or len(options) == 1:
            return options[0]
        number = self.asked[what]
        chosen = options[int(self._draw(what) * len(options))]
        self._keep(what, number, str(chosen))
        return chosen

    def shuffled(self, what: str, options: Sequence[T]) -> list[T]:
        """Put things into some order."""
        rest = list(options)
        return [rest.pop(0 if self.quiet else int(self._draw(what) * len(rest))) for _ in options]

    def between(self, what: str, low: float, high: float) -> float:
        """Draw a number, also while quiet: how long something takes is no fault."""
        return low + self._draw(what) * (high - low)

    def bits(self, what: str, count: int) -> int:
        """Draw so many random bits, 512 at most."""
        return int.from_bytes(self._digest(what, 64)) & ((1 << count) - 1)

    def uuid(self, what: str) -> str:
        """Make an id."""
        return str(UUID(int=self.bits(what, 128), version=_VERSION_4))

    def tell(self) -> list[str]:
        """Return the story's lines: the second, what happened, and the key by which `without` leaves it out."""
        start = self.story[0].at if self.story else 0.0
        return [f"+{chosen.at - start:.3f} s  {chosen.what} {chosen.outcome}  {chosen.key}" for chosen in self.story]

    def _keep(self, what: str, number: int, outcome: str) -> None:
        self.taken[what] += 1
        self.story.append(Chosen(self.clock.now if self.clock else 0.0, what, number, outcome))

    def _draw(self, what: str) -> float:
        return int.from_bytes(self._digest(what, 8)) / _SCALE

    def _digest(self, what: str, size: int) -> bytes:
        number = self.asked[what]
        self.asked[what] = number + 1
        return blake2b(f"{self.seed}/{what}/{number}".encode(), digest_size=size).digest()
