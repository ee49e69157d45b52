"""Run a command to its end; what it printed is shown only when it fails."""

import shlex
import subprocess
from collections.abc import Mapping, Sequence

from tools.paths import ROOT


class CommandFailed(Exception):
    """A command ended with an error. Its text is for a person: the command and all that it printed."""

    def __init__(self, command: Sequence[str], code: int, output: str) -> None:
        super().__init__(f"{shlex.join(command)}\nended with code {code}:\n\n{output.strip()}")
        self.output = output


def run(command: Sequence[str], env: Mapping[str, str]) -> str:
    """Run `command` in the checkout and give what it printed, standard error included."""
    done = subprocess.run(
        command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise CommandFailed(command, done.returncode, done.stdout)
    return done.stdout
