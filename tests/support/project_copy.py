"""A copy of what the project ships, in a folder of its own, to change with the project's own commands."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tools import environment
from tools.paths import LAYERS, ROOT

SHIPPED = ("template.yaml", "samconfig.toml", "pyproject.toml", "functions", "layers", "tools")
"""What a stack is built from, and the commands."""
NOT_SHIPPED = tuple(
    ROOT / folder
    for folder in ("layers/trigger_pattern/authoring", "layers/trigger_pattern/testing", "examples/subscriber/function")
)
CHECKED = ("tests/contract/published_schemas", "tests/contract/fold_corpora", "events")
"""What the commands write beside it."""


@dataclass(frozen=True)
class ProjectCopy:
    folder: Path

    @classmethod
    def of(cls, folder: Path, *more: str) -> "ProjectCopy":
        """Copy what is shipped, and more of the project, into a folder."""
        for name in (*SHIPPED, *CHECKED, *more):
            source, target = ROOT / name, folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, target)
        return cls(folder)

    def run(self, module: str, *arguments: str) -> str:
        """Run one of the copy's modules; return what it printed."""
        done = self.attempt(module, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def attempt(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the copy's modules, which may fail."""
        layers = os.pathsep.join(str(self.folder / layer.relative_to(ROOT)) for layer in (*LAYERS, *NOT_SHIPPED))
        command = [sys.executable, "-m", module, *arguments]
        env = environment.made({"PYTHONPATH": layers, "PYTHONDONTWRITEBYTECODE": "1"})
        return subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, check=False)

    def read(self, name: str) -> str:
        """Read a file."""
        return (self.folder / name).read_text()

    def files(self) -> dict[str, bytes]:
        """Return the content of every file, by its name."""
        files = (file for file in self.folder.rglob("*") if file.is_file() and ".ruff_cache" not in file.parts)
        return {str(file.relative_to(self.folder)): file.read_bytes() for file in files}
