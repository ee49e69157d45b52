"""Thousands of runs, each by its seed; `make simulate SEED=n` tells the story of one."""

import os
import subprocess
import sys

import pytest

from tests.simulation.run.known import KNOWN, Known, is_known
from tests.simulation.run.many import run_all
from tests.simulation.run.shrinking import shrink
from tests.simulation.run.simulation import Case, simulate
from tests.support.functions import ROOT_FOLDER

RUNS = 5_000
# Whatever the functions ask of AWS, or the dice, changes these: `make simulate SEED=n` tells the new ones.
PINNED = {
    1: "1ce1702a79f451980c56647ca8d4f1a2",
    7: "20667d2ef0f1275295f2e63bd63e452f",
    264: "4e3e75a0bb57a1c3b00f8418a902b46f",
}


def test_every_invariant_holds_in_every_run() -> None:
    portion = run_all(range(RUNS))
    assert not portion.failures, "\n".join(f"seed {each.case.seed}: {each.detail}" for each in portion.failures[:5])
    assert portion.coverage.runs == RUNS


@pytest.mark.parametrize("seed", PINNED)
def test_a_seed_gives_the_same_run_on_every_machine(seed: int) -> None:
    assert simulate(Case(seed)).fingerprint == PINNED[seed]


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_a_seed_gives_the_same_run_in_every_process(hash_seed: str) -> None:
    script = (
        "from tests.simulation.run.simulation import Case, simulate\n"
        "print(*(simulate(Case(seed)).fingerprint for seed in range(20, 40)))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": "layers/cars:."}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, cwd=ROOT_FOLDER, check=True, capture_output=True, text=True)
    assert done.stdout.split() == [simulate(Case(seed)).fingerprint for seed in range(20, 40)]


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: str(known.seed))
def test_a_known_fault_is_still_there_and_its_story_can_be_made_short(known: Known) -> None:
    failing = simulate(Case(known.seed))
    assert is_known(failing), f"if this is mended, take it out of known.py: {known.why}"
    shrunk = shrink(failing)
    assert shrunk.broken == failing.broken
    assert len(shrunk.keys) < len(failing.keys)
