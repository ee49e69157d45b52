"""The simulation can fail: each of these breaks of the code breaks a promise, at a seed that `test_seeds.py` runs."""

import json

import pytest

from tests.simulation.mutation.search import BY_NAME, SEEDS, first_caught, search
from tests.simulation.test_seeds import RUNS

REMEMBERED: dict[str, int] = json.loads(SEEDS.read_text())


@pytest.mark.parametrize("name", BY_NAME)
def test_a_break_is_caught(name: str) -> None:
    seed = REMEMBERED.get(name, RUNS)
    assert seed < RUNS, f"seed {seed} is not run unbroken: {_advice(name)}"
    assert first_caught(BY_NAME[name], [seed]) == seed, _advice(name)


def test_every_remembered_seed_is_of_a_break() -> None:
    assert REMEMBERED.keys() == BY_NAME.keys()


def _advice(name: str) -> str:
    found = search(name)
    return f"no seed below {RUNS} catches it" if found is None else f"write seed {found} to {SEEDS.name}"
