"""End as Ctrl-C does, however the end is asked for, and be left in peace while tidying up."""

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_ENDINGS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def end_on_sigterm(*, nohup: bool = False) -> None:
    """Make SIGTERM, and a terminal that closes, unwind every `with` block as Ctrl-C does, even where ignored before.

    With `nohup`, hanging up stays ignored where it is: a long command that was started with nohup is to go on.
    """

    def leave(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    stays = nohup and signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    for number in (signal.SIGTERM, signal.SIGINT) if stays else _ENDINGS:
        signal.signal(number, leave)


@contextmanager
def undisturbed() -> Generator[None]:
    """Ignore whatever asks for the end until the `with` block is done: a second Ctrl-C is to leave nothing behind.

    Outside the main thread this does nothing; no other thread is ever interrupted, or may say what signals do.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in _ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
