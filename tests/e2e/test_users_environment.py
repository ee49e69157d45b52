"""The system runs in any environment: no variable and no file of the user's reaches it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.pipeline import Pipeline
from tests.support.poison import CONFIG, POISON
from tools.paths import ROOT


@pytest.fixture
def poisoned(tmp_path: Path) -> dict[str, str]:
    """Return an environment with everything in it that could do harm, and files of that kind in its HOME."""
    for name in ("config", "credentials"):
        (tmp_path / ".aws").mkdir(exist_ok=True)
        (tmp_path / ".aws" / name).write_bytes(CONFIG.read_bytes())
    (tmp_path / ".netrc").write_text("default login somebody password secret\n")
    return {**POISON, "PATH": os.environ["PATH"], "HOME": str(tmp_path)}


def test_the_demo_runs(poisoned: dict[str, str]) -> None:
    """The emulator, sam, the functions, and clients of all of these."""
    environment = {
        name: value for name, value in poisoned.items() if not name.startswith("PYTHON")
    }  # its own is Python's
    command = [sys.executable, "-m", "tools.local.demo"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("Everything came out right.")


@pytest.mark.parametrize("command", [("verify",), ("dlq", "list"), ("rebuild-view", "--dry-run")])
def test_the_operators_tools_reach_the_stack_on_this_machine(
    pipeline: Pipeline, poisoned: dict[str, str], tmp_path: Path, command: tuple[str, ...]
) -> None:
    file = tmp_path / "stack.json"
    pipeline.stack.write(file)
    cars = [str(ROOT / "bin" / "ops"), "cars", *command, "--stack-file", str(file)]
    done = subprocess.run(cars, env=poisoned, capture_output=True, text=True, check=False)
    assert (done.returncode, "Error" in done.stderr) == (0, False), done.stdout + done.stderr
