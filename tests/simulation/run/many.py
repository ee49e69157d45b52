"""Many seeds, in two processes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context

from tests.simulation.run.coverage import Coverage
from tests.simulation.run.simulation import Case, Result, simulate
from tests.simulation.subject.known import CAR

PROCESSES = 2
PORTION = 50
"""Seeds that a process runs between two reports."""


@dataclass
class Portion:
    """The results of some seeds."""

    coverage: Coverage = field(default_factory=Coverage)
    failures: list[Result] = field(default_factory=list[Result])


def run_all(seeds: Sequence[int], resource: str = CAR, report: Callable[[int], object] = lambda _: None) -> Portion:
    """Run seeds of a resource; `report` is called with how many more have been run."""
    whole = Portion()
    with get_context("spawn").Pool(PROCESSES) as pool:
        for portion in pool.imap_unordered(partial(run_portion, resource=resource), _portions(seeds)):
            whole.coverage.join(portion.coverage)
            whole.failures += portion.failures
            report(portion.coverage.runs)
    whole.failures.sort(key=lambda failure: failure.case.seed)
    return whole


def run_portion(seeds: Sequence[int], resource: str = CAR) -> Portion:
    """Run some seeds in this process."""
    portion = Portion()
    for seed in seeds:
        result = simulate(Case(seed, resource=resource))
        portion.coverage.add(result.kinds, result.reached)
        if result.violation:
            portion.failures.append(result)
    return portion


def _portions(seeds: Sequence[int]) -> Iterator[Sequence[int]]:
    return (seeds[start : start + PORTION] for start in range(0, len(seeds), PORTION))
