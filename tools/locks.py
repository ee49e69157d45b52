"""One process of this checkout at a time."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager

from tools.paths import LOCAL


@contextmanager
def alone(what: str) -> Generator[None]:
    """Wait until no other process of this checkout does `what`."""
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
