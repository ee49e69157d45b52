"""Python laid out as ruff wants it, before it is written anywhere."""

import subprocess
import sys
from pathlib import Path

from tools.paths import ROOT

_RUFF = Path(sys.executable).with_name("ruff")
_SORT = ["check", "--fix-only", "--select", "I", "--config", "lint.isort.known-first-party = ['resources']"]
"""A module of resources that is not written yet is unknown to ruff."""


def laid_out(file: Path, text: str) -> str:
    """Return a file's text with its imports in order and its lines broken. Raises CalledProcessError."""
    for command in (_SORT, ["format"]):
        arguments = [str(_RUFF), *command, "--quiet", "--stdin-filename", str(file), "-"]
        done = subprocess.run(arguments, cwd=ROOT, input=text, capture_output=True, text=True, check=True)
        text = done.stdout
    return text
