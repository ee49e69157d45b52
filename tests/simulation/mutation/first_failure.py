"""Run seeds, in order, until one breaks a promise, and tell which it was: -1 where none was.

python -m tests.simulation.mutation.first_failure 5000 "no command takes effect twice"
"""

import sys

from tests.simulation.run.simulation import Case, simulate


def first_failure(seeds: int, promise: str) -> int:
    """Give the first seed whose run breaks this promise."""
    return next((seed for seed in range(seeds) if simulate(Case(seed)).broken == promise), -1)


if __name__ == "__main__":
    sys.stdout.write(f"{first_failure(int(sys.argv[1]), sys.argv[2])}\n")
