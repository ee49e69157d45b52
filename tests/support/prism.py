"""Prism: a proxy that answers with an error if a request or an answer is not as an OpenAPI document describes it."""

import re
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.support.pipeline import eventually
from tools import environment
from tools.local.machine import HOST
from tools.paths import ROOT

PRISM = str(ROOT / "node_modules" / ".bin" / "prism")
LISTENING = re.compile(rf"listening on (http://{re.escape(HOST)}:\d+)")


@contextmanager
def prism(description: Path, url: str, log: Path) -> Generator[str]:
    """Run a proxy of an API until the end of the `with` block; yield its address."""
    command = [PRISM, "proxy", str(description), url, "--errors", "--host", HOST, "--port", "0"]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "tools.local.guard", *command], cwd=ROOT, env=environment.made(),
            stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        eventually(lambda: server.poll() is not None or bool(LISTENING.search(log.read_text())))
        found = LISTENING.search(log.read_text())
        assert found, log.read_text()
        yield found[1]
    finally:
        server.communicate()  # closes its input, which ends it
