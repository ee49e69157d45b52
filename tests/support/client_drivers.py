"""Drivers of generated clients: tests/clients has one for each generator, checked against its types and then run."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, TypeAlias

import pytest

from tests.support.generated_client import generate
from tools import commands, environment
from tools.paths import ROOT

CLIENTS = ROOT / "tests" / "clients"
NODE_MODULES = ROOT / "node_modules"
SCRIPTS = Path(sys.executable).parent
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""What Java needs for a program of some seconds."""


class Driver(Protocol):
    """A story that a generated client acts out."""

    def check(self) -> None:
        """Check the story against the client's types. Raises CommandFailed."""
        ...

    def run(self, url: str) -> str:
        """Act the story out at an API; return what the driver printed. Raises CommandFailed."""
        ...


DriverGenerator: TypeAlias = Callable[[Path, Path, str], Driver]
"""Takes a description, a folder for the client, and the name of the resource that the driver is about."""


@dataclass(frozen=True)
class PythonDriver:
    script: Path
    folder: Path
    """Where the client's package is."""

    def check(self) -> None:
        commands.run([str(SCRIPTS / "mypy"), str(self.script)], environment.made({"MYPYPATH": str(self.folder)}))

    def run(self, url: str) -> str:
        path = {"PYTHONPATH": f"{self.folder}:{ROOT}", "PYTHONWARNINGS": "error"}
        return commands.run([sys.executable, str(self.script), url], environment.made(path)).strip()


@dataclass(frozen=True)
class FetchDriver:
    folder: Path
    """Where the story, the API's types and the compiler's settings are."""

    def check(self) -> None:
        """Compile the story too, because Node runs JavaScript."""
        commands.run([_node("tsc"), "--project", str(self.folder)], environment.made())

    def run(self, url: str) -> str:
        if not (self.folder / "story.mjs").exists():
            self.check()
        return commands.run(["node", str(self.folder / "story.mjs"), url], environment.made()).strip()


def openapi_python_client(description: Path, folder: Path, resource: str) -> Driver:
    generate(description, folder, f"{resource}_client")
    return PythonDriver(CLIENTS / resource / "python_client.py", folder)


def openapi_generator(description: Path, folder: Path, resource: str) -> Driver:
    """Skip the test where there is no Java."""
    if not shutil.which("java"):
        pytest.skip("openapi-generator's client was left out: there is no java on the PATH")
    command = [str(SCRIPTS / "openapi-generator-cli"), "generate", "--generator-name", "python"]
    parts = "models,apis,supportingFiles,modelDocs=false,apiDocs=false,modelTests=false,apiTests=false"
    places = ["--input-spec", str(description), "--output", str(folder), "--package-name", f"{resource}_api"]
    commands.run([*command, *places, "--global-property", parts], environment.made({"JAVA_TOOL_OPTIONS": QUICK}))
    return PythonDriver(CLIENTS / resource / "generator_client.py", folder)


def openapi_fetch(description: Path, folder: Path, resource: str) -> Driver:
    shutil.copy(CLIENTS / "tsconfig.json", folder)
    shutil.copy(CLIENTS / resource / "story.mts", folder)
    (folder / "node_modules").symlink_to(NODE_MODULES)
    commands.run(
        [_node("openapi-typescript"), str(description), "--output", str(folder / "api.d.ts")], environment.made()
    )
    return FetchDriver(folder)


GENERATORS: Final[tuple[DriverGenerator, ...]] = (openapi_python_client, openapi_generator, openapi_fetch)


def _node(name: str) -> str:
    return str(NODE_MODULES / ".bin" / name)
