"""The processes in which the emulator runs functions: found in /proc, measured, and killed at random moments."""

import os
import signal
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

from tests.support.beside import beside
from tools.local.emulator import log_file
from tools.stack import Stack

_PROCESSES = Path("/proc")
_DIED = "errorMessage=Worker process "
"""How the emulator's log tells of an invocation whose process ended under it; a handler's own faults say otherwise."""
_LOOK = 0.03
"""Seconds between looks for a process at work."""


def pids(stack: Stack, function: str) -> list[int]:
    """Find the processes that run `function`, named as in the template. Linux only; none before its first call."""
    return [
        int(process.name)
        for process in _PROCESSES.iterdir()
        if process.name.isdecimal() and _runs(int(process.name), stack, function)
    ]


def working(stack: Stack, function: str) -> list[int]:
    """Find the processes of a function that are at work on something just now.

    That is, they are connected to AWS, and do not wait for their standard input, where invocations come from. To kill
    one that is still starting would show nothing of the function, which has done nothing yet; and the emulator then
    ends all others of the function, for minutes: it deletes what the next ones are started from.
    """
    connections = _connections(stack.port)
    return [pid for pid in pids(stack, function) if _open_files(pid) & connections and not _waits_for_input(pid)]


def resident(pid: int) -> int:
    """Return the bytes of memory that a process holds now; 0 if it has ended."""
    fields = _read(pid, "statm").split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") if fields else 0


def kill(stack: Stack, function: str, pid: int) -> bool:
    """Kill a process as `kill -9` does, if it still runs `function`: no other one that got its number since."""
    with suppress(ProcessLookupError), _handle(pid) as handle:
        if _runs(pid, stack, function):
            signal.pidfd_send_signal(handle, signal.SIGKILL)
            return True
    return False


def deaths(stack: Stack, function: str) -> int:
    """Count the invocations of a function that reads a queue or a stream whose process ended under them."""
    failed = f"Lambda {stack.functions[function]} failed processing"
    return sum(failed in line and _DIED in line for line in log_file(stack.port).read_text().splitlines())


def waiting(stack: Stack, queue_url: str) -> int:
    """Count a queue's messages, in any state: those that a function has just now too."""
    states: Any = [f"ApproximateNumberOfMessages{state}" for state in ("", "NotVisible", "Delayed")]
    found: Any = stack.aws.sqs().get_queue_attributes(QueueUrl=queue_url, AttributeNames=states)["Attributes"]
    return sum(int(found[state]) for state in states)


@dataclass
class Killer:
    """Kills a function at work some times over, each time after a random pause of up to so many seconds.

    `work` is what one invocation takes at most, more or less: no more than that is waited after its beginning is seen.
    """

    stack: Stack
    function: str
    seed: int
    longest_pause: float
    work: float
    killed: int = 0

    def __post_init__(self) -> None:
        self._random = Random(f"{self.seed}/{self.function}")  # noqa: S311 - no secret

    def at_work(self, times: int) -> AbstractContextManager[None]:
        """Kill so many times, but not after the end of the `with` block."""
        return beside(partial(self._run, times))

    def _run(self, times: int, stop: Event) -> None:
        for _ in range(times):
            stop.wait(self._random.uniform(0, self.longest_pause))
            self._kill_one(stop)

    def _kill_one(self, stop: Event) -> None:
        """Kill a process that is at work, anywhere between the beginning and the end of it."""
        while not stop.wait(_LOOK):
            found = working(self.stack, self.function)
            stop.wait(self._random.uniform(0, self.work))
            again = [pid for pid in working(self.stack, self.function) if pid in found]
            if again and kill(self.stack, self.function, self._random.choice(again)):
                self.killed += 1
                return


@contextmanager
def _handle(pid: int) -> Generator[int]:
    handle = os.pidfd_open(pid)
    try:
        yield handle
    finally:
        os.close(handle)


def _runs(pid: int, stack: Stack, function: str) -> bool:
    script = f"/ministack-lambda-{stack.functions[function]}-".encode()
    gateway = f"GATEWAY_PORT={stack.port}".encode()
    return script in _read(pid, "cmdline") and gateway in _read(pid, "environ").split(b"\0")


def _connections(port: int) -> set[str]:
    """Return the sockets that are connected to a port of this machine, as the links to them in /proc are called."""
    rows = (row.split() for row in (_PROCESSES / "net" / "tcp").read_text().splitlines()[1:])
    established, remote = "01", f":{port:04X}"
    return {f"socket:[{row[9]}]" for row in rows if row[3] == established and row[2].endswith(remote)}


def _open_files(pid: int) -> set[str]:
    try:
        return {str(file.readlink()) for file in (_PROCESSES / str(pid) / "fd").iterdir()}
    except OSError:  # the process has ended, or has closed a file meanwhile
        return set()


def _waits_for_input(pid: int) -> bool:
    """Return whether a process is in a system call on file 0: the call's number comes first, then its arguments."""
    return _read(pid, "syscall").split()[1:2] == [b"0x0"]


def _read(pid: int, file: str) -> bytes:
    try:
        return (_PROCESSES / str(pid) / file).read_bytes()
    except OSError:  # the process has ended, or is not ours to look at
        return b""
