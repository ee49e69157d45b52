"""Python laid out as ruff wants it, if it is installed, before it is written anywhere."""

import subprocess
import sys
from pathlib import Path

_RUFF = Path(sys.executable).with_name("ruff")
_SORT = ["check", "--fix-only", "--select", "I", "--config", "lint.isort.known-first-party = ['resources']"]
"""A module of resources that is not written yet is unknown to ruff."""


def laid_out(file: Path, text: str, root: Path) -> str:
    """Return a file's text as a project's settings of ruff want it. Raises CalledProcessError."""
    if not _RUFF.exists():
        return text
    for command in (_SORT, ["format"]):
        arguments = [str(_RUFF), *command, "--quiet", "--stdin-filename", str(file), "-"]
        done = subprocess.run(arguments, cwd=root, input=text, capture_output=True, text=True, check=True)
        text = done.stdout
    return text
