"""A folder of an author who has installed the package's wheel, and nothing of this project."""

import subprocess
import venv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path
from zipfile import Path as ZipPath

from packaging.requirements import Requirement

from tools import environment


@dataclass(frozen=True)
class OwnProject:
    """An empty folder, and an environment beside it."""

    folder: Path
    python: Path

    @classmethod
    def with_wheel(cls, scratch: Path, wheel: Path, *extras: str) -> "OwnProject":
        """Install a wheel with extras into an environment of its own, which has what the extras need and no more."""
        project = cls(scratch / "project", scratch / "environment" / "bin" / "python")
        project.folder.mkdir()
        venv.create(scratch / "environment", with_pip=True)
        [site] = scratch.glob("environment/lib/python*/site-packages")
        _link(requirements(wheel, *extras), site)
        named = f"trigger-pattern[{','.join(extras)}]"
        offline = ["--no-index", "--find-links", str(wheel.parent), "--disable-pip-version-check"]
        project.run("-m", "pip", "install", *offline, named)
        return project

    def run(self, *arguments: str) -> str:
        """Run the environment's Python in the folder; return what it printed."""
        done = self.attempt(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def attempt(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the environment's Python in the folder. It may fail."""
        command = [str(self.python), "-B", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=environment.made(), capture_output=True, text=True, check=False
        )

    def files(self) -> dict[str, bytes]:
        """Return the content of every file, by its name."""
        return {
            str(file.relative_to(self.folder)): file.read_bytes() for file in self.folder.rglob("*") if file.is_file()
        }


def metadata(wheel: Path) -> Distribution:
    """Return what a wheel says of itself."""
    [folder] = [entry for entry in ZipPath(wheel).iterdir() if entry.name.endswith(".dist-info")]
    return PathDistribution(folder)


def requirements(wheel: Path, *extras: str) -> list[str]:
    """Return what a wheel needs with some extras, or with none."""
    return sorted({each for extra in extras or ("",) for each in _applying(metadata(wheel), extra)})


def _applying(found: Distribution, extra: str = "") -> Iterator[str]:
    for requirement in map(Requirement, found.requires or []):
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement.name


def _link(names: Iterable[str], site: Path) -> None:
    """Make distributions of this environment, and those that they need, importable in another one."""
    done, left = set[str](), [*names]
    while left:
        name = left.pop()
        if name not in done:
            found = distribution(name)
            done.add(name)
            left += _applying(found)
            _link_files(found, site)


def _link_files(found: Distribution, site: Path) -> None:
    for top in {file.parts[0] for file in found.files or []} - {"..", "__pycache__"}:
        target = site / top
        if not target.exists():
            target.symlink_to(Path(str(found.locate_file(top))))
