"""The processes in which the emulator runs functions, for tests that kill one."""

from pathlib import Path

from tools.stack import Stack

_PROCESSES = Path("/proc")


def pids(stack: Stack, function: str) -> list[int]:
    """Find the processes that run `function`, named as in the template. Linux only; none before its first call."""
    script = f"/ministack-lambda-{stack.functions[function]}-".encode()
    gateway = f"GATEWAY_PORT={stack.port}".encode()
    return [
        int(process.name)
        for process in _PROCESSES.iterdir()
        if process.name.isdecimal()
        and script in _read(process / "cmdline")
        and gateway in _read(process / "environ").split(b"\0")
    ]


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # the process has ended, or is not ours to look at
        return b""
