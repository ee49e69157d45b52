"""Keeps a server alive exactly as long as its owner.

    python -m tools.local.guard COMMAND...

The owner holds the other end of standard input and never writes. When that end closes, because the owner
stopped the server or died, even by SIGKILL, the server's whole process group is ended and its temporary
files are removed.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from types import FrameType

GRACE = 1.0
"""Seconds that the server gets to end by itself; it has nothing to save."""


def main() -> int:
    """Run the command until it ends or standard input does."""
    with tempfile.TemporaryDirectory(prefix="cars-local-", ignore_cleanup_errors=True) as scratch:
        server = subprocess.Popen(
            sys.argv[1:], env={**os.environ, "TMPDIR": scratch}, stdin=subprocess.DEVNULL, process_group=0
        )

        def stop(_signal: int | None = None, _frame: FrameType | None = None) -> None:
            _signal_group(server.pid, signal.SIGTERM)

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=_when_owner_is_gone, args=(server,), daemon=True).start()
        code = server.wait()
        _signal_group(server.pid, signal.SIGKILL)  # what the server started
    return code


def _when_owner_is_gone(server: subprocess.Popen[bytes]) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    _signal_group(server.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        server.wait(GRACE)
    _signal_group(server.pid, signal.SIGKILL)


def _signal_group(group: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, number)


if __name__ == "__main__":
    sys.exit(main())
