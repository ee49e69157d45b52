"""This machine: its ports, its locks, and its description in Lambda's terms."""

import fcntl
import platform
import socket
import sys
from collections.abc import Generator
from contextlib import contextmanager

from tools.paths import LOCAL

HOST = "127.0.0.1"
USUAL = 4566
_ARCHITECTURES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}


def usual_or_free() -> int:
    """Return the usual port, or any free one if another process uses it."""
    return USUAL if is_free(USUAL) else _any_free()


def is_free(port: int) -> bool:
    """Return whether a server could listen on `port` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _any_free() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def alone(what: str) -> Generator[None]:
    """Wait until no other process of this checkout does `what`."""
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def runtime() -> str:
    """Return the Lambda runtime of the running Python."""
    return f"python{sys.version_info.major}.{sys.version_info.minor}"


def architecture() -> str:
    """Return this machine's processor as Lambda names it."""
    return _ARCHITECTURES[platform.machine().lower()]


def parameters() -> dict[str, str]:
    """Return the template's parameters for a build that runs on this machine."""
    return {"Runtime": runtime(), "Architecture": architecture()}
