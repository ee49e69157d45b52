"""What the functions write to their logs."""

import logging
from collections.abc import Generator
from contextlib import contextmanager
from io import StringIO


@contextmanager
def log_of_functions() -> Generator[StringIO]:
    """Collect every line that loaded functions log, as they write it, at the level DEBUG."""
    logger, lines = logging.getLogger("cars"), StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(logger.handlers[0].formatter)
    before = logger.level
    logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
