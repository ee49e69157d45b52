"""What sam built is what runs: complete without this project's own environment, and light."""

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from resources import RESOURCES
from tools.local.sam import CARS, build
from tools.project import PROJECT
from tools.stack import FUNCTIONS

DESCRIPTION = PROJECT.description

RUNTIME_PACKAGES = ("boto3", "botocore", "s3transfer", "dateutil", "six", "urllib3")
"""What Lambda's Python runtime brings; jmespath, which it also has, is in the layer."""

IMPORT = """
import json, sys
sys.path[:0] = json.loads(sys.argv[1])
import app
print(callable(app.handler))
"""

CODE = {"TriggerPattern": "trigger_pattern", "ResourceModules": "resources"}
"""The package of each layer of our own code."""
LIMITS = {"TriggerPattern": 140_000, "ResourceModules": 5_000 * len(RESOURCES), "Dependencies": 4_800_000}
"""In bytes zipped, about a quarter above what the layers weighed when the limits were set."""

TABLES = ("Events", "Outcomes", "Tickets", "View")
ENVIRONMENT = {
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "RESOURCE": "car",
    "COMMANDS_QUEUE_URL": "http://localhost/queue",
    "COMMANDS_DLQ_URL": "http://localhost/dlq",
    "BROADCAST_DLQ_URL": "http://localhost/dlq",
    "EVENTS_TOPIC_TYPE": "fifo",
    "PATIENCE_SECONDS": "79200",
    "PROJECTOR_DLQ_URL": "http://localhost/dlq",
    "PROJECTOR_RETRY_QUEUE_URL": "http://localhost/queue",
    "EVENTS_TABLE": "events",
    "OUTCOMES_TABLE": "outcomes",
    "LONGEST_WAIT_SECONDS": "20",
    "VIEW_TABLE": "cars",
    "EVENTS_TOPIC_ARN": "arn:aws:sns:us-east-1:000000000000:events.fifo",
    "EVENT_SOURCE": "urn:cars:test",
    "MAX_RECEIVES": "1000",
    "POWERTOOLS_SERVICE_NAME": "cars",
    **{f"{resource.kind}CommandsQueue": "http://localhost/queue" for resource in RESOURCES},
    **{f"{resource.kind}{table}Table": "table" for resource in RESOURCES for table in TABLES},
}


@pytest.fixture(scope="module")
def artefacts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build to a folder that no other test builds to meanwhile."""
    return build(replace(CARS, build=tmp_path_factory.mktemp("sam") / "build"))


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but what Lambda's runtime has."""
    folder = tmp_path_factory.mktemp("runtime")
    for name in RUNTIME_PACKAGES:
        spec = find_spec(name)
        assert spec
        assert spec.origin
        origin = Path(spec.origin)
        source = origin.parent if origin.name == "__init__.py" else origin
        (folder / source.name).symlink_to(source)
    return folder


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_imports_from_its_artefacts_alone(artefacts: Path, runtime: Path, function: str) -> None:
    layers = [artefacts / layer / "python" for layer in ("Dependencies", *CODE)]
    paths = json.dumps([str(path) for path in (artefacts / function, *layers, runtime)])
    isolated = [sys.executable, "-I", "-S", "-B", "-c", IMPORT, paths]
    done = subprocess.run(isolated, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_a_function_is_one_file_and_what_it_serves(artefacts: Path) -> None:
    files = {(name, file.name) for name in FUNCTIONS for file in (artefacts / name).rglob("*")}
    assert files == {*((name, "app.py") for name in FUNCTIONS), ("QueryApi", DESCRIPTION.name)}
    assert (artefacts / "QueryApi" / DESCRIPTION.name).read_bytes() == DESCRIPTION.read_bytes()


@pytest.mark.parametrize("layer", CODE)
def test_a_code_layer_is_its_package_and_no_more(artefacts: Path, layer: str) -> None:
    python = artefacts / layer / "python"
    assert {entry.name for entry in python.iterdir()} == {CODE[layer]}
    assert {file.suffix for file in python.rglob("*") if file.is_file()} <= {".py", ".typed"}


def test_the_dependencies_leave_out_what_the_runtime_has(artefacts: Path) -> None:
    names = {entry.name for entry in (artefacts / "Dependencies" / "python").iterdir()}
    assert names.isdisjoint({"boto3", "botocore", "aws_xray_sdk", "moto", "pytest"})


@pytest.mark.parametrize(("layer", "limit"), LIMITS.items())
def test_a_layer_is_light(artefacts: Path, layer: str, limit: int) -> None:
    assert _zipped(artefacts / layer) < limit


def _zipped(folder: Path) -> int:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for file in sorted(folder.rglob("*")):
            target.write(file, file.relative_to(folder))
    return archive.getbuffer().nbytes
