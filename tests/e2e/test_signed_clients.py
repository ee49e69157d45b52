"""The programs of docs/clients.md: generated clients that sign their requests, at an API that refuses all others."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.support.client_drivers import CLIENTS, NODE_MODULES
from tests.support.generated_client import generate
from tests.support.pipeline import Pipeline
from tests.support.system import DESCRIPTION
from tools import commands, environment
from tools.paths import ROOT

PAGE = (ROOT / "docs" / "clients.md").read_text(encoding="utf-8")


def program(language: str) -> str:
    """Return the page's only program in a language."""
    (text,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return str(text)


@pytest.fixture
def variables(guarded: Pipeline) -> dict[str, str]:
    aws = guarded.stack.aws.environment()
    return {**aws, "AWS_REGION": aws["AWS_DEFAULT_REGION"], "API": guarded.stack.api_url}


def created(guarded: Pipeline, output: str) -> bool:
    """Return whether a program has told of a car that there is."""
    told, car_id = output.split()
    return told == "created" and guarded.event_types(car_id) == ["Created"]


def test_a_python_client_signs(guarded: Pipeline, variables: dict[str, str], tmp_path: Path) -> None:
    generate(DESCRIPTION, tmp_path, "car_client")
    path = environment.made({**variables, "PYTHONPATH": str(tmp_path)})
    assert created(guarded, commands.run([sys.executable, "-c", program("python")], path))


def test_a_typescript_client_signs(guarded: Pipeline, variables: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "story.mts").write_text(program("ts"), encoding="utf-8")
    shutil.copy(CLIENTS / "tsconfig.json", tmp_path)
    (tmp_path / "node_modules").symlink_to(NODE_MODULES)
    scripts, types = NODE_MODULES / ".bin", str(tmp_path / "api.d.ts")
    commands.run([str(scripts / "openapi-typescript"), str(DESCRIPTION), "--output", types], environment.made())
    commands.run([str(scripts / "tsc"), "--project", str(tmp_path)], environment.made())
    assert created(guarded, commands.run(["node", str(tmp_path / "story.mjs")], environment.made(variables)))
