"""The simulation can fail: each of these breaks of the code breaks a promise within the seeds of `test_seeds.py`."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.simulation.mutation.mutant import catch
from tests.simulation.mutation.mutations import MUTATIONS
from tests.simulation.run.many import PROCESSES
from tests.simulation.test_seeds import RUNS


@pytest.fixture(scope="module")
def caught(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Future[int]]:
    """Begin with every mutation, some at a time; give the seeds at which each will have been caught."""
    pool = ThreadPoolExecutor(PROCESSES)
    folders = {mutation.name: tmp_path_factory.mktemp("mutant") for mutation in MUTATIONS}
    return {mutation.name: pool.submit(catch, mutation, folders[mutation.name], RUNS) for mutation in MUTATIONS}


@pytest.mark.parametrize("name", [mutation.name for mutation in MUTATIONS])
def test_a_break_is_caught(caught: dict[str, Future[int]], name: str) -> None:
    assert 0 <= caught[name].result() < RUNS
