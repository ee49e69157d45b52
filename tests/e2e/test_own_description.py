"""The deployed API against its own description, by requests that schemathesis thinks of."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.support.pipeline import Pipeline
from tools.paths import ROOT

SCHEMATHESIS = str(Path(sys.executable).parent / "st")
CONFIG = Path(__file__).with_name("schemathesis.toml")

OPERATIONS = ("deleteCar", "getCar", "getCars", "getCarCommand", "getCarEvents", "patchCar", "postCar", "putCar")


def test_the_api_does_what_its_description_says_and_nothing_else(pipeline: Pipeline, tmp_path: Path) -> None:
    seen, url = tmp_path / "seen.json", pipeline.stack.api_url
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SCHEMATHESIS_SEEN": str(seen)}
    command = [
        str(SCHEMATHESIS),
        "--config-file",
        str(CONFIG),
        "run",
        f"{url}/openapi.json",
        "--url",
        url,
        "--no-color",
    ]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    successes = {tuple(answer.split()) for answer in json.loads(seen.read_text()) if " 20" in answer}
    assert {operation for operation, _ in successes} == set(OPERATIONS)
    assert {("postCar", "201"), ("postCar", "202")} < successes
