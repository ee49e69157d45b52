"""Find, for each mutation, the first seed at which it breaks its promise, and write them to `seeds.json`.

python -m tests.simulation.mutation.search
"""

import json
from collections.abc import Iterable
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from tests.simulation.mutation import commands, deciding, storing, streaming
from tests.simulation.mutation.mutation import MUTATIONS, Mutation
from tests.simulation.run.instances import instances_of
from tests.simulation.run.many import PROCESSES
from tests.simulation.run.simulation import Case, simulate
from tests.simulation.test_seeds import RUNS

SEEDS: Final = Path(__file__).with_name("seeds.json")
BREAKS: Final = (deciding, commands, storing, streaming)
BY_NAME: Final = {mutation.name: mutation for mutation in MUTATIONS}


def first_caught(mutation: Mutation, seeds: Iterable[int]) -> int | None:
    """Return the first seed whose run breaks the mutation's promise, None if there is none."""
    instances_of(mutation.resource)  # its instances outlive the break, so they are loaded without it
    with mutation.applied():
        cases = (Case(seed, resource=mutation.resource) for seed in seeds)
        return next((case.seed for case in cases if simulate(case).violation == mutation.breaks), None)


def search(name: str) -> int | None:
    """Return the first of all seeds that catches a mutation."""
    return first_caught(BY_NAME[name], range(RUNS))


def main() -> None:
    """Search for every mutation, in some processes, and write what was found."""
    with get_context("spawn").Pool(PROCESSES) as pool:
        found = dict(zip(BY_NAME, pool.imap(search, BY_NAME), strict=True))
    SEEDS.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
