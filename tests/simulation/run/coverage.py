"""Which kinds of faults the runs had, which pairs of them in one run, and which events and refusals."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations


@dataclass
class Coverage:
    """Counts runs: by kind of fault, by pair of kinds, and those that had none."""

    runs: int = 0
    calm: int = 0
    kinds: Counter[str] = field(default_factory=Counter[str])
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    reached: Counter[str] = field(default_factory=Counter[str])

    def add(self, kinds: Iterable[str], reached: Iterable[str]) -> None:
        """Count one run, by the kinds of faults that it had, and by what its resource did."""
        had = sorted(set(kinds))
        self.runs += 1
        self.calm += not had
        self.kinds.update(had)
        self.pairs.update(combinations(had, 2))
        self.reached.update(reached)

    def join(self, other: "Coverage") -> None:
        """Count another's runs too."""
        self.runs += other.runs
        self.calm += other.calm
        self.kinds.update(other.kinds)
        self.pairs.update(other.pairs)
        self.reached.update(other.reached)

    def tell(self) -> list[str]:
        """Return the coverage as lines."""
        count = len(self.kinds)
        possible = count * (count - 1) // 2
        return [
            *(f"  {runs:>9,}  {kind}" for kind, runs in self.kinds.most_common()),
            "Events and refusals, by the number of runs that had them:",
            *(f"  {runs:>9,}  {what}" for what, runs in self.reached.most_common()),
            f"{count} kinds of faults in {self.runs:,} runs; {self.calm:,} runs had none.",
            f"{len(self.pairs):,} of {possible:,} pairs of kinds met in one run.",
        ]
