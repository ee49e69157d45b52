"""What goes on beside a test."""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event


@contextmanager
def beside(work: Callable[[Event], object]) -> Generator[None]:
    """Have work go on until the end of the `with` block, which sets the event; raise there what it raised."""
    stop = Event()
    with ThreadPoolExecutor(1) as pool:
        going_on = pool.submit(work, stop)
        try:
            yield
        finally:
            stop.set()
    going_on.result()
