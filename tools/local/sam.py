"""Build and deploy real templates with the real SAM command line."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools import commands, environment
from tools.aws import Aws
from tools.local import machine
from tools.paths import ROOT, SAM, WHEELS

STACK = "cars-local"
BUCKET = "cars-local-artifacts"
_QUIET = {"SAM_CLI_TELEMETRY": "0"}
_POLL = {"SAM_CLI_POLL_DELAY": "0.2"}  # seconds; the default of 5 is for AWS's throttling


@dataclass(frozen=True)
class App:
    """A template, the folder that it is built to, the stack that it is deployed as, and the settings for it.

    Each has a build folder in a folder of its own: sam keeps notes beside it.
    """

    template: Path
    build: Path
    stack: str
    settings: Path = ROOT / "samconfig.toml"


CARS = App(ROOT / "template.yaml", ROOT / ".aws-sam" / "build", STACK)


def build(app: App = CARS) -> Path:
    """Build for this machine, quickly when nothing changed; return the folder of the artefacts."""
    with machine.alone("build"):
        _build(app)
    return app.build


def build_and_deploy(aws: Aws, parameters: Mapping[str, str], app: App = CARS) -> None:
    """Build, then deploy to the emulator with the template's `parameters`. No prompt, no telemetry."""
    with machine.alone("build"):
        _build(app)
        _deploy(app, aws, machine.parameters() | dict(parameters))


def _build(app: App) -> None:
    # sam looks for the runtime's own Python, with its pip, on PATH
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    # and has pip get the packages from where `make setup` put them: no build needs an index, a proxy or a network
    pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(WHEELS)}
    folders = ["--template-file", str(app.template), "--build-dir", str(app.build)]
    _sam(["build", *folders, *_overrides(machine.parameters())], environment.made({"PATH": path, **pip}))


def _deploy(app: App, aws: Aws, parameters: Mapping[str, str]) -> None:
    # --resolve-s3 would deploy a second stack for the bucket
    aws.s3().create_bucket(Bucket=BUCKET)
    # sam looks for its settings beside the template
    files = ["--template-file", str(app.build / "template.yaml"), "--config-file", str(app.settings)]
    options = ["--stack-name", app.stack, "--s3-bucket", BUCKET, "--no-progressbar"]
    _sam(["deploy", *files, *options, *_overrides(parameters)], aws.environment() | _POLL)


def _overrides(parameters: Mapping[str, str]) -> list[str]:
    return ["--parameter-overrides", *(f"{name}={value}" for name, value in parameters.items())]


def _sam(arguments: list[str], env: Mapping[str, str]) -> str:
    return commands.run([str(SAM), *arguments], {**env, **_QUIET})


if __name__ == "__main__":
    print(build())
