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
"""Failing seeds whose story is shortened and printed."""


@click.command()
@click.option(
    "--resource", type=click.Choice(list(KNOWN)), default=CAR, show_default=True, help="The resource to simulate."
)
@click.option("--seed", type=int, help="Replay this seed, and print its story.")
@click.option("--seeds", type=click.IntRange(min=1), default=5_000, show_default=True, help="The number of runs.")
@click.option("--first", type=int, default=0, show_default=True, help="The first seed.")
def main(resource: str, seed: int | None, seeds: int, first: int) -> None:
    """Simulate the pipeline under faults."""
    if seed is None:
        sys.exit(_run(range(first, first + seeds), resource))
    result = simulate(Case(seed, resource=resource))
    _print(result)
    print(f"fingerprint of the run: {result.fingerprint}")
    if result.violation:
        _print_shrunk(result)
    sys.exit(bool(result.violation))


def _run(seeds: range, resource: str) -> int:
    with bar("Simulating", "seeds", len(seeds)) as progress:
        whole = run_all(seeds, resource, progress.advance)
    print("\n".join(whole.coverage.tell()))
    if never := expected_of(KNOWN[resource]) - whole.coverage.reached.keys():
        print(f"Never in these runs: {', '.join(sorted(never))}")
    for failure in whole.failures:
        print(f"seed {failure.case.seed}: {failure.detail}")
    for failure in whole.failures[:MOST_STORIES]:
        _print_shrunk(failure)
    print(f"{len(whole.failures):,} of {len(seeds):,} seeds failed.")
    return bool(whole.failures)


def _print_shrunk(failure: Result) -> None:
    shrunk = shrink(failure)
    print(f"\nThe shortest story found for seed {shrunk.case.seed}:")
    _print(shrunk)
    of = "" if shrunk.case.resource == CAR else f" RESOURCE={shrunk.case.resource}"
    print(f"To replay the whole run: make simulate SEED={shrunk.case.seed}{of}")


def _print(result: Result) -> None:
    print("\n".join(result.story))
    print(f"\nVIOLATION: {result.detail}" if result.violation else "\nEvery invariant holds.")


if __name__ == "__main__":
    main()
