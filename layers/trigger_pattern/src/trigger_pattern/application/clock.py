"""The current time, its written form, and pauses."""

import random
import time
from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time in UTC, in whole milliseconds, so that a stored time reads back equal."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def in_utc(moment: datetime) -> datetime:
    """Return the same time in UTC. Raises ValueError if its year is not from 1 to 9999."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("no time in UTC") from error


def write_time(moment: datetime) -> str:
    """Write a time as RFC 3339 has it, in milliseconds: `2026-11-01T09:30:00.000Z`."""
    return in_utc(moment).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def pause(attempt: int) -> None:
    """Wait a random while, longer after each attempt, so that writers that collided do not collide again."""
    time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 - jitter, not a secret
