"""`make setup` installs into this folder, whatever the user has pip do elsewhere."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tools.paths import ROOT, WHEELS

REQUIREMENT = "jmespath"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with the Makefile and a single requirement."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    pins = (ROOT / "layers" / "dependencies" / "requirements.txt").read_text()
    pin = next(pin for pin in pins.replace("\\\n", "").splitlines() if pin.startswith(REQUIREMENT))
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "dev.txt").write_text(pin)
    return tmp_path


def test_packages_are_installed_here_from_where_the_user_gets_them(checkout: Path) -> None:
    elsewhere = str(checkout / "elsewhere")
    moved = dict.fromkeys(("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONHOME", "PYTHONPATH"), elsewhere)
    forbidden = dict.fromkeys(("PIP_USER", "PIP_REQUIRE_VIRTUALENV", "PIP_DRY_RUN", "PYTHONSAFEPATH"), "1")
    settings = checkout / "pip.conf"
    settings.write_text(f"[install]\nuser = true\ntarget = {elsewhere}\n")
    source = {"PIP_CONFIG_FILE": str(settings), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(WHEELS)}
    environment = {"PATH": os.environ["PATH"], "HOME": str(checkout), **moved, **forbidden, **source}
    command = ["make", "--silent", ".local/stamps/dev"]
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [*checkout.glob(f".venv/lib/python*/site-packages/{REQUIREMENT}")]
    assert not (checkout / "elsewhere").exists()
