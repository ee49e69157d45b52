"""The function needs no layer and no packages of its own."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

FUNCTION = Path(__file__).parents[2] / "examples" / "subscriber" / "function"
RUNTIME = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six", "urllib3")
"""What Lambda's Python runtime brings: boto3, and what comes with it."""


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    """A folder with nothing but what Lambda's runtime has."""
    for name in RUNTIME:
        spec = find_spec(name)
        assert spec
        assert spec.origin
        source = Path(spec.origin)
        source = source.parent if source.name == "__init__.py" else source
        (tmp_path / source.name).symlink_to(source)
    return tmp_path


def test_it_needs_nothing_beyond_what_lambdas_runtime_brings(runtime: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{FUNCTION}{os.pathsep}{runtime}", "AWS_DEFAULT_REGION": "eu-central-1"}
    environment |= {"CARS_TABLE": "cars", "OWNERS_TABLE": "owners", "API_URL": "http://127.0.0.1:1"}
    code = [sys.executable, "-S", "-c", "from mileage.app import handler; print(handler.__name__)"]
    done = subprocess.run(code, env=environment, capture_output=True, text=True, check=False, cwd=runtime)
    assert (done.stdout, done.stderr) == ("handler\n", "")
