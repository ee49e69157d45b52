"""End as Ctrl-C does, however the end is asked for."""

import signal
from types import FrameType
from typing import NoReturn


def end_on_sigterm() -> None:
    """Make SIGTERM, and a terminal that closes, unwind every `with` block as Ctrl-C does, even where ignored before."""

    def leave(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, leave)
