"""What sam built is what runs: complete without this project's own environment, and light."""

import io
import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from importlib.util import MAGIC_NUMBER, cache_from_source, find_spec, source_hash
from pathlib import Path

import pytest

from resources import RESOURCES
from tests.support.http import request
from tools.contract.publishing import FOLDER
from tools.local.sam import CARS, build
from tools.paths import ROOT
from tools.project import PROJECT
from tools.stack import FUNCTIONS

DESCRIPTION = PROJECT.description

RUNTIME_PACKAGES = ("boto3", "botocore", "s3transfer", "dateutil", "six", "urllib3")
"""What Lambda's Python runtime brings; jmespath, which it also has, is in the layer."""

IMPORT = """
import json, sys
sys.path[:0] = json.loads(sys.argv[1])
import app
print(json.dumps([callable(app.handler), sorted(sys.modules)]))
"""

ASK = """
import json, sys, types
sys.path[:0] = json.loads(sys.argv[1])
import app
context = types.SimpleNamespace(
    function_name="", memory_limit_in_mb=512, invoked_function_arn="", aws_request_id="", log_group_name=""
)
print(app.handler(json.loads(sys.argv[2]), context)["statusCode"])
"""

CODE = {"TriggerPattern": "trigger_pattern", "ResourceModules": "resources"}
"""The package of each layer of our own code."""
LIMITS = {"TriggerPattern": 500_000, "ResourceModules": 15_000 * len(RESOURCES), "Dependencies": 1_500_000}
"""In bytes zipped, about a quarter above what the layers weighed when the limits were set."""

LAYERS = ROOT / "layers" / "make"
UNCHECKED = (1).to_bytes(4, "little")
"""The flags of bytecode that is not compared with its source (PEP 552)."""

TABLES = ("Events", "Outcomes", "Tickets", "View")
ENVIRONMENT = {
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "API_ENDPOINT": "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
    "AUTHORIZATION": "AWS_IAM",
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
    "EVENT_SOURCE": "tag:example.com,2026:cars/test",
    "MAX_RECEIVES": "1000",
    "STACK_NAME": "cars-test",
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
    done = _start(artefacts, runtime, function)
    assert (json.loads(done.stdout)[0], done.stderr) == (True, "")


def test_a_function_is_one_file_and_what_it_serves(artefacts: Path) -> None:
    files = {file for name in FUNCTIONS for file in (artefacts / name).rglob("*") if file.is_file()}
    served = [DESCRIPTION, DESCRIPTION.with_name("asyncapi.yaml"), *FOLDER.rglob("*.json")]
    copies = {artefacts / "QueryApi" / file.relative_to(DESCRIPTION.parent): file for file in served}
    assert files == {*(artefacts / name / "app.py" for name in FUNCTIONS), *copies}
    assert [file for copy, file in copies.items() if copy.read_bytes() != file.read_bytes()] == []


@pytest.mark.parametrize("layer", CODE)
def test_a_code_layer_is_its_package_and_no_more(artefacts: Path, layer: str) -> None:
    python = artefacts / layer / "python"
    assert {entry.name for entry in python.iterdir()} == {CODE[layer]}
    assert {file.suffix for file in python.rglob("*") if file.is_file()} <= {".py", ".pyc", ".typed"}


@pytest.mark.parametrize("layer", LIMITS)
def test_every_module_of_a_layer_has_its_own_bytecode_which_no_start_compares(artefacts: Path, layer: str) -> None:
    for source in (artefacts / layer).rglob("*.py"):
        compiled = Path(cache_from_source(str(source))).read_bytes()
        assert compiled[:16] == MAGIC_NUMBER + UNCHECKED + source_hash(source.read_bytes()), source


def test_a_function_imports_everything_that_the_layers_have_of_powertools(artefacts: Path, runtime: Path) -> None:
    """Folders of it; the others are in unused.txt. Of event_handler, the page at /docs reads files."""
    powertools = artefacts / "Dependencies" / "python" / "aws_lambda_powertools"
    kept = {folder.name for folder in (*powertools.iterdir(), *(powertools / "utilities").iterdir()) if folder.is_dir()}
    imported = {
        part for function in FUNCTIONS for name in _imported(artefacts, runtime, function) for part in name.split(".")
    }
    assert kept - {"__pycache__", "event_handler"} <= imported


def test_without_the_runtimes_own_python_a_build_says_so(tmp_path: Path) -> None:
    for name in ("python3.99-arm64/Makefile", "layer.mk"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(LAYERS / "python3.13-arm64" / "Makefile" if "/" in name else LAYERS / name, tmp_path / name)
    command = ["make", "--makefile", str(tmp_path / "python3.99-arm64" / "Makefile"), "build-Any"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode
    assert "The layers need python3.99 on PATH" in done.stderr


def test_the_dependencies_leave_out_what_the_runtime_has(artefacts: Path) -> None:
    names = {entry.name for entry in (artefacts / "Dependencies" / "python").iterdir()}
    assert names.isdisjoint({"boto3", "botocore", "aws_xray_sdk", "moto", "pytest"})


@pytest.mark.parametrize(("layer", "limit"), LIMITS.items())
def test_a_layer_is_light(artefacts: Path, layer: str, limit: int) -> None:
    assert _zipped(artefacts / layer) < limit


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/asyncapi.yaml"])
def test_the_descriptions_are_served_from_the_artefacts_alone(artefacts: Path, runtime: Path, path: str) -> None:
    served = _start(artefacts, runtime, "QueryApi", ASK, json.dumps(request("GET", path)))
    assert (served.stdout, served.stderr) == ("200\n", "")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_starts_without_what_costs_more_than_it_gives(artefacts: Path, runtime: Path, function: str) -> None:
    assert {"boto3", "pydantic"}.isdisjoint(_imported(artefacts, runtime, function))


def _imported(artefacts: Path, runtime: Path, function: str) -> list[str]:
    _, modules = json.loads(_start(artefacts, runtime, function).stdout)
    return list(modules)


def _start(
    artefacts: Path, runtime: Path, function: str, script: str = IMPORT, *arguments: str
) -> subprocess.CompletedProcess[str]:
    layers = [artefacts / layer / "python" for layer in ("Dependencies", *CODE)]
    paths = json.dumps([str(path) for path in (artefacts / function, *layers, runtime)])
    isolated = [sys.executable, "-I", "-S", "-B", "-c", script, paths, *arguments]
    return subprocess.run(isolated, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def _zipped(folder: Path) -> int:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for file in sorted(folder.rglob("*")):
            target.write(file, file.relative_to(folder))
    return archive.getbuffer().nbytes
