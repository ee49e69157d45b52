"""Build the package as a wheel: make wheel.

Its sources are put together in a temporary folder, beside the files that a project of an author's own begins with.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from tools import commands, environment
from tools.paths import LOCAL, ROOT

SHIPPED = (
    "template.yaml",
    "samconfig.toml",
    *(f"functions/{name}/app.py" for name in sorted(folder.name for folder in (ROOT / "functions").iterdir())),
    "layers/dependencies/requirements.txt",
    "layers/dependencies/unused.txt",
    "layers/make/layer.mk",
    *(str(makefile.relative_to(ROOT)) for makefile in sorted((ROOT / "layers" / "make").glob("*/Makefile"))),
    "layers/resources/resources/__init__.py",
    "layers/resources/resources/py.typed",
    "layers/trigger_pattern/LICENSE",
)
"""What an author's project begins with."""
FOLDER = LOCAL / "dist"
_PACKAGE = ROOT / "layers" / "trigger_pattern"


def build(folder: Path = FOLDER) -> Path:
    """Return the wheel, made in a folder. Needs no network."""
    for older in folder.glob("trigger_pattern-*.whl"):
        older.unlink()
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "trigger_pattern")
        shutil.copytree(_PACKAGE, source, ignore=shutil.ignore_patterns("__pycache__"))
        for name in SHIPPED:
            target = source / "authoring" / "trigger_pattern_authoring" / "shipped" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)
        offline = ["--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
        pip = [sys.executable, "-m", "pip", "wheel", *offline, "--wheel-dir", str(folder), str(source)]
        commands.run(pip, environment.made())
    [wheel] = folder.glob("trigger_pattern-*.whl")
    return wheel


if __name__ == "__main__":
    print(build())
