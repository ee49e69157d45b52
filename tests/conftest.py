"""What holds for every test."""

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tools import environment

environment.enter()  # tests start programs and clients of many kinds: none is to see the user's settings

settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")

OWN_SYSTEM = ("authorization", "crashes", "hostile_input", "own_description", "second_resource", "signed_clients")
"""The modules of tests/e2e that start a system of their own; the others share one."""


class Groups(LoadScopeScheduling):
    """Runs all tests of a group in one process, because they share fixtures."""

    def _split_scope(self, nodeid: str) -> str:
        """Return a test's group: its module, or all modules that share the running system."""
        module = nodeid.partition("::")[0]
        shares = module.startswith("tests/e2e/") and module not in {f"tests/e2e/test_{name}.py" for name in OWN_SYSTEM}
        return "tests/e2e" if shares else module


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Groups:
    """Return the scheduler for several processes, as `make test` has them; pytest by itself runs one."""
    return Groups(config, log)
