"""The environment of what runs on this machine: made from a short list of names, so that no other setting reaches it.

    python -m tools.environment COMMAND...

runs a command in it. A user's variables are meant for other things: `LOG_LEVEL`, `SERVICES` and `USE_SSL` are
settings of the emulator too, `AWS_PROFILE` names an account that it does not have, and a proxy cannot reach 127.0.0.1.
"""

import os
import sys
from collections.abc import Mapping

NAMES = ("PATH", "LD_LIBRARY_PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TERM", "LANG", "LC_ALL", "LC_CTYPE")
"""What programs need to start, to find their files, and to write text."""

NO_FILES = dict.fromkeys(("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "PIP_CONFIG_FILE"), os.devnull)
"""HOME has settings of AWS's clients and of pip too, which they read unless they are sent elsewhere."""


def made(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment with these settings, and nothing of the user's but NAMES."""
    kept = {name: os.environ[name] for name in NAMES if name in os.environ}
    return kept | NO_FILES | dict(settings or {})


def enter() -> None:
    """Make this process's own environment one that `made` returns."""
    environment = made()
    os.environ.clear()
    os.environ.update(environment)


if __name__ == "__main__":
    enter()
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - there is no shell to want
