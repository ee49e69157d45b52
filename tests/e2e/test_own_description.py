"""The deployed API against its own description, by requests that schemathesis thinks of."""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx

from tools.local.stack import local_stack
from tools.paths import ROOT

SCHEMATHESIS = str(Path(sys.executable).parent / "st")
CONFIG = Path(__file__).with_name("schemathesis.toml")

OPERATIONS = (
    *("createCar", "deleteCar", "getCar", "getCarCommand", "listCars", "listCarEvents", "patchCar", "replaceCar"),
)


def test_the_api_does_what_its_description_says_and_nothing_else(tmp_path: Path) -> None:
    """A system of its own, so that this runs beside the tests that share one."""
    with local_stack(stack_file=tmp_path / "stack.json") as stack:
        description = httpx.get(f"{stack.api_url}/openapi.json").raise_for_status().json()
        assert ([each["url"] for each in description["servers"]], description["security"]) == ([stack.api_url], [])
        seen = requested(stack.api_url, tmp_path)
    successes = {tuple(answer.split()) for answer in seen if " 20" in answer}
    assert {operation for operation, _ in successes} == set(OPERATIONS)
    assert {("createCar", "201"), ("createCar", "202")} < successes


def requested(url: str, folder: Path) -> dict[str, int]:
    """Have schemathesis test the API, and return how often each operation gave each status."""
    seen = folder / "seen.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SCHEMATHESIS_SEEN": str(seen)}
    command = [SCHEMATHESIS, "--config-file", str(CONFIG), "run", f"{url}/openapi.json", "--no-color"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(json.loads(seen.read_text()))
