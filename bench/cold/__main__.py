"""How long a function takes from the start of its process until its module is imported, beside two others.

python -m bench.cold

The built artefacts are imported, as `sam build` left them, by the interpreter that they were built for. boto3 is the
runtime's: it comes with its bytecode, from this environment. Each round starts every function once, so that whatever
else the machine does meets all of them alike; the figures are medians of the processor time of each process.
"""

import shutil
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from typing import Final

import boto3
from rich.progress import track

from tests.support.deployed import FUNCTIONS
from tests.support.functions import environment_of
from tools.local.sam import build

ROUNDS: Final = 15
RUNTIME: Final = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six.py", "urllib3")
"""What Lambda's runtime brings."""
USUALS: Final = (
    "annotated_types",
    "aws_lambda_powertools",
    "aws_xray_sdk",
    "pydantic",
    "pydantic_core",
    "typing_extensions.py",
    "typing_inspection",
    "wrapt",
)
"""What the usual stack brings, as SAM ships it: without bytecode."""
LAYERS: Final = ("Dependencies/python", "TriggerPattern/python", "ResourceModules/python")
BARE: Final = "bare boto3 handler"
USUAL: Final = "usual stack"
LAMBDA: Final = {
    "PYTHONDONTWRITEBYTECODE": "1",
    "AWS_ACCESS_KEY_ID": "a",
    "AWS_SECRET_ACCESS_KEY": "s",
    "AWS_REGION": "eu-central-1",
    "AWS_DEFAULT_REGION": "eu-central-1",
}
"""Its folders cannot be written to, so no start leaves bytecode to the next."""
_INSTALLED: Final = Path(boto3.__file__).parent.parent
_START: Final = "import sys; sys.path[:0] = sys.argv[2:]; __import__(sys.argv[1])"


@dataclass(frozen=True)
class Start:
    """A module to import, from these folders, with these variables."""

    module: str
    folders: tuple[Path, ...]
    variables: Mapping[str, str]

    def milliseconds(self) -> float:
        """Start a process that imports it, and return the processor time that it took."""
        # without `site`, which would look for what this environment has installed
        command = [sys.executable, "-S", "-c", _START, self.module, *map(str, self.folders)]
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run(command, env={**LAMBDA, **self.variables}, check=True)  # noqa: S603 - this interpreter
        after = getrusage(RUSAGE_CHILDREN)
        return 1_000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def main() -> None:
    """Build, measure, and print medians and their ratios."""
    built = build()
    with TemporaryDirectory() as folder:
        starts = _starts(built, _runtime(Path(folder, "runtime")), _usuals(Path(folder, "usual")))
        for start in starts.values():
            start.milliseconds()  # the machine has read the files
        taken = {name: list[float]() for name in starts}
        for _ in track(range(ROUNDS), "Starting each function", transient=True):
            for name, start in starts.items():
                taken[name].append(start.milliseconds())
    medians = {name: statistics.median(each) for name, each in taken.items()}
    print(f"{'':22}{'ms':>7}{'to bare':>10}{'to usual':>10}")
    for name, median in medians.items():
        print(f"{name:22}{median:>7.0f}{median / medians[BARE]:>10.2f}{median / medians[USUAL]:>10.2f}")


def _starts(built: Path, runtime: Path, usuals: Path) -> dict[str, Start]:
    layers = tuple(built / layer for layer in LAYERS)
    here = Path(__file__).parent
    others = {BARE: Start("bare", (here, runtime), {}), USUAL: Start("usual", (here, usuals, runtime), {})}
    places = defaultdict[str, str](lambda: "https://sqs.eu-central-1.amazonaws.com/111111111111/place")
    return others | {
        name: Start("app", (built / name, *layers, runtime), environment_of(name, places)) for name in FUNCTIONS
    }


def _runtime(folder: Path) -> Path:
    """Return a folder that has nothing of this environment but what Lambda's runtime has too."""
    folder.mkdir()
    for name in RUNTIME:
        (folder / name).symlink_to(_INSTALLED / name)
    return folder


def _usuals(folder: Path) -> Path:
    folder.mkdir()
    for name in USUALS:
        shipped = _INSTALLED / name
        if shipped.is_dir():
            shutil.copytree(shipped, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(shipped, folder)
    return folder


if __name__ == "__main__":
    main()
