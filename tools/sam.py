"""Build and deploy the real template with the real SAM command line."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from tools import commands, host, locks
from tools.aws import Aws
from tools.paths import ROOT, SAM

BUILD = ROOT / ".aws-sam" / "build"
STACK = "cars-local"
BUCKET = "cars-local-artifacts"
_QUIET = {"SAM_CLI_TELEMETRY": "0"}
_POLL = {"SAM_CLI_POLL_DELAY": "0.2"}  # seconds; the default of 5 is for AWS's throttling


def build() -> Path:
    """Build for this machine, quickly when nothing changed; give the folder of the artefacts."""
    with locks.alone("build"):
        _build()
    return BUILD


def build_and_deploy(aws: Aws, parameters: Mapping[str, str]) -> None:
    """Build, then deploy to the emulator with the template's `parameters`. No prompt, no telemetry."""
    with locks.alone("build"):
        _build()
        _deploy(aws, host.parameters() | dict(parameters))


def _build() -> None:
    # sam looks for the runtime's own Python, with its pip, on PATH
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    _sam(["build", *_overrides(host.parameters())], {**os.environ, "PATH": path})


def _deploy(aws: Aws, parameters: Mapping[str, str]) -> None:
    # --resolve-s3 would deploy a second stack for the bucket
    aws.s3().create_bucket(Bucket=BUCKET)
    options = ["--stack-name", STACK, "--s3-bucket", BUCKET, "--no-progressbar"]
    _sam(["deploy", *options, *_overrides(parameters)], aws.environment() | _POLL)


def _overrides(parameters: Mapping[str, str]) -> list[str]:
    return ["--parameter-overrides", *(f"{name}={value}" for name, value in parameters.items())]


def _sam(arguments: list[str], env: Mapping[str, str]) -> str:
    return commands.run([str(SAM), *arguments], {**env, **_QUIET})


if __name__ == "__main__":
    print(build())
