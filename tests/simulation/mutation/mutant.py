"""A copy of the code with one break in it, and the first run that the break spoils."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.simulation.mutation.mutations import Mutation
from tests.support.functions import ROOT_FOLDER

_NEEDED = ("functions", "layers", "tests", "template.yaml")
_PYTHON_PATH = ("layers/trigger_pattern/src", "layers/trigger_pattern/testing", "layers/resources", ".")


def catch(mutation: Mutation, folder: Path, seeds: int) -> int:
    """Give the first seed at which the broken code breaks the promise, -1 where none does.

    Raises ValueError where the code that is to be broken is not there, once.
    """
    _copy(folder)
    _break(mutation, folder)
    command = [sys.executable, "-m", "tests.simulation.mutation.first_failure", str(seeds), mutation.breaks]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(str(folder / path) for path in _PYTHON_PATH)}
    done = subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return int(done.stdout.splitlines()[-1])  # before it stand the metrics that the functions write


def _copy(folder: Path) -> None:
    for name in _NEEDED:
        source = ROOT_FOLDER / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)


def _break(mutation: Mutation, folder: Path) -> None:
    file = folder / mutation.file
    text = file.read_text()
    if text.count(mutation.code) != 1:
        raise ValueError(f"{mutation.file} does not have, once: {mutation.code}")
    file.write_text(text.replace(mutation.code, mutation.broken))
