"""Start and stop the AWS emulator, bound to this machine alone."""

import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tools import locks, ports
from tools.paths import LOCAL, MINISTACK, ROOT

READY = "Running on http"
PATIENCE = 60.0
"""Seconds within which the emulator must listen; it takes less than one."""
KEPT_LOGS = 10
"""How many emulators' logs are kept to look into, the newest."""


class EmulatorFailed(Exception):
    """The emulator did not come up; the text says why, or is its log."""


@contextmanager
def emulator(port: int | None = None, *, auth: bool = False) -> Generator[int]:
    """Run an emulator on `port`, else the usual one, else any free one; give the port.

    Its state is gone when it stops. With `auth` it verifies signatures and enforces IAM policies.
    """
    with locks.alone("start"):
        port = port or ports.usual_or_free()
        server = _start(port, auth=auth)
    try:
        yield port
    finally:
        _stop(server)


def log_file(port: int) -> Path:
    """Give the file that the emulator on `port` logs to: its functions' output too."""
    return LOCAL / f"emulator-{port}.log"


def _forget_old_logs() -> None:
    by_age = sorted(LOCAL.glob("emulator-*.log"), key=lambda log: log.stat().st_mtime)
    for log in by_age[:-KEPT_LOGS]:
        log.unlink()


def _start(port: int, *, auth: bool) -> subprocess.Popen[bytes]:
    if not ports.is_free(port):
        message = f"Port {port} is taken by another process."
        raise EmulatorFailed(message)
    _forget_old_logs()
    server = _launch(port, auth=auth)
    if not _is_ready(server, log_file(port)):
        _stop(server)
        raise EmulatorFailed(log_file(port).read_text())
    return server


def _launch(port: int, *, auth: bool) -> subprocess.Popen[bytes]:
    settings = {
        "BIND_HOST": ports.HOST, "GATEWAY_PORT": str(port), "AUTH": str(auth).lower(),
        "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0",  # servers on ports of their own, of no use here
    }  # fmt: skip
    others = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    with log_file(port).open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "tools.guard", MINISTACK], cwd=ROOT, env=others | settings,
            stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip


def _is_ready(server: subprocess.Popen[bytes], log: Path) -> bool:
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        if READY in log.read_text():
            return True
        time.sleep(0.02)
    return False


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.stdin:
        server.stdin.close()
    server.wait()
