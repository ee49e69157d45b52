"""Run the simulation of a resource's pipeline: many seeds, or one with its story.

python -m tools.simulate --seeds 100000 [--first 0] [--resource account]
python -m tools.simulate --seed 7
"""

import sys

import click

from tests.simulation.run.many import run_all
from tests.simulation.run.shrinking import shrink
from tests.simulation.run.simulation import Case, Result, simulate
from tests.simulation.subject.known import CAR, KNOWN, expected_of
from tools.ops.progress import bar

MOST_STORIES = 3
"""Failing seeds whose story is made short and told."""


@click.command()
@click.option("--resource", type=click.Choice(list(KNOWN)), default=CAR, show_default=True, help="What is simulated.")
@click.option("--seed", type=int, help="Replay this seed, and print its story.")
@click.option("--seeds", type=click.IntRange(min=1), default=5_000, show_default=True, help="The number of runs.")
@click.option("--first", type=int, default=0, show_default=True, help="The first seed.")
def main(resource: str, seed: int | None, seeds: int, first: int) -> None:
    """Simulate the pipeline under faults."""
    if seed is None:
        sys.exit(_run(range(first, first + seeds), resource))
    result = simulate(Case(seed, resource=resource))
    _tell(result)
    print(f"fold of the run: {result.fingerprint}")
    if result.broken:
        _tell_shrunk(result)
    sys.exit(bool(result.broken))


def _run(seeds: range, resource: str) -> int:
    with bar("Simulating", "seeds", len(seeds)) as progress:
        whole = run_all(seeds, resource, progress.advance)
    print("\n".join(whole.coverage.tell()))
    if never := expected_of(KNOWN[resource]) - whole.coverage.reached.keys():
        print(f"Never in these runs: {', '.join(sorted(never))}")
    for failure in whole.failures:
        print(f"seed {failure.case.seed}: {failure.detail}")
    for failure in whole.failures[:MOST_STORIES]:
        _tell_shrunk(failure)
    print(f"{len(whole.failures):,} of {len(seeds):,} seeds failed.")
    return bool(whole.failures)


def _tell_shrunk(failure: Result) -> None:
    shrunk = shrink(failure)
    print(f"\nThe story of seed {shrunk.case.seed}, without what it does not need:")
    _tell(shrunk)
    of = "" if shrunk.case.resource == CAR else f" RESOURCE={shrunk.case.resource}"
    print(f"To replay it whole: make simulate SEED={shrunk.case.seed}{of}")


def _tell(result: Result) -> None:
    print("\n".join(result.story))
    print(f"\nBROKEN: {result.detail}" if result.broken else "\nEvery invariant holds.")


if __name__ == "__main__":
    main()
