"""Start and stop the AWS emulator, bound to this machine alone."""

import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tools import environment
from tools.local import machine
from tools.paths import LOCAL, MINISTACK, ROOT

HEALTH = "/_ministack/health"
"""The address at which the emulator answers once it serves requests."""
PATIENCE = 60.0
"""Seconds within which the emulator must answer; it takes less than one."""
TAIL = 30
"""How many lines of its log explain why it did not start."""
KEPT_LOGS = 10
"""How many emulators' logs are kept to look into, the newest."""


class EmulatorFailed(Exception):
    """The emulator did not start. The text has the reason."""


@contextmanager
def emulator(port: int | None = None, *, auth: bool = False) -> Generator[int]:
    """Run an emulator on `port`, else the usual one, else any free one; yield the port.

    Its state is gone when it stops. With `auth` it verifies signatures and enforces IAM policies.
    """
    with machine.alone("start"):
        port = port or machine.usual_or_free()
        server = _start(port, auth=auth)
    try:
        yield port
    finally:
        _stop(server)


def log_file(port: int) -> Path:
    """Return the log file of the emulator on `port`; it holds its functions' output too."""
    return LOCAL / f"emulator-{port}.log"


def _forget_old_logs() -> None:
    by_age = sorted(LOCAL.glob("emulator-*.log"), key=lambda log: log.stat().st_mtime)
    for log in by_age[:-KEPT_LOGS]:
        log.unlink()


def _start(port: int, *, auth: bool) -> subprocess.Popen[bytes]:
    if not machine.is_free(port):
        message = f"Port {port} is taken by another process."
        raise EmulatorFailed(message)
    _forget_old_logs()
    server = _launch(port, auth=auth)
    try:
        _wait_until_ready(server, port)
    except BaseException:
        _stop(server)
        raise
    return server


def _launch(port: int, *, auth: bool) -> subprocess.Popen[bytes]:
    settings = environment.made({
        "BIND_HOST": machine.HOST, "GATEWAY_PORT": str(port), "AUTH": str(auth).lower(),
        "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0",  # servers on ports of their own, of no use here
    })  # fmt: skip
    with log_file(port).open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "tools.local.guard", MINISTACK], cwd=ROOT, env=settings,
            stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip


def _wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(port):
        if server.poll() is not None:
            raise EmulatorFailed(f"The emulator ended with code {server.returncode}. {_end_of_log(port)}")
        if time.monotonic() > deadline:
            raise EmulatorFailed(f"The emulator did not answer within {PATIENCE:g} s. {_end_of_log(port)}")
        time.sleep(0.02)


def _answers(port: int) -> bool:
    """Return whether the emulator serves requests. Asked without a proxy, whatever the environment says."""
    with suppress(OSError, HTTPException):
        connection = HTTPConnection(machine.HOST, port, timeout=PATIENCE)
        try:
            connection.request("GET", HEALTH)
            return connection.getresponse().status == HTTPStatus.OK
        finally:
            connection.close()
    return False


def _end_of_log(port: int) -> str:
    lines = log_file(port).read_text(errors="replace").splitlines()[-TAIL:]
    end = "\n".join(lines) if lines else "It logged nothing."
    return f"The end of its log ({log_file(port)}):\n\n{end}"


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.stdin:
        server.stdin.close()
    server.wait()
