"""Thousands of runs, each by its seed; `make simulate SEED=n` tells the story of one."""

import os
import subprocess
import sys

import pytest

from tests.simulation.run.coverage import Coverage
from tests.simulation.run.many import run_all
from tests.simulation.run.simulation import Case, simulate
from tests.simulation.subject.known import CAR, KNOWN, expected_of
from tests.support.functions import ROOT_FOLDER

RUNS = 5_000
LEAST, MOST = 200, 1_000
"""Runs of a resource other than cars: as many as it takes to see each of its events and refusals."""
OTHERS = [name for name in KNOWN if name != CAR]


def test_every_invariant_holds_in_every_run() -> None:
    portion = run_all(range(RUNS))
    assert not portion.failures, "\n".join(f"seed {each.case.seed}: {each.detail}" for each in portion.failures[:5])
    assert portion.coverage.runs == RUNS


@pytest.mark.parametrize("name", OTHERS)
def test_every_invariant_holds_for_any_resource_and_each_event_and_refusal_is_reached(name: str) -> None:
    wanted, coverage = expected_of(KNOWN[name]), Coverage()
    while coverage.runs < LEAST or (wanted - coverage.reached.keys() and coverage.runs < MOST):
        portion = run_all(range(coverage.runs, coverage.runs + LEAST), name)
        assert not portion.failures, f"make simulate RESOURCE={name} SEED={portion.failures[0].case.seed}"
        coverage.join(portion.coverage)
    assert not wanted - coverage.reached.keys(), f"not reached in {coverage.runs} runs"


@pytest.mark.parametrize(("hash_seed", "name"), [("1", CAR), ("2", "account")])
def test_a_seed_gives_the_same_run_in_every_process(hash_seed: str, name: str) -> None:
    script = (
        "from tests.simulation.run.simulation import Case, simulate\n"
        f"print(*(simulate(Case(seed, resource={name!r})).fingerprint for seed in range(20, 40)))"
    )
    environment = {
        **os.environ,
        "PYTHONHASHSEED": hash_seed,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, cwd=ROOT_FOLDER, check=True, capture_output=True, text=True)
    assert done.stdout.split() == [simulate(Case(seed, resource=name)).fingerprint for seed in range(20, 40)]
