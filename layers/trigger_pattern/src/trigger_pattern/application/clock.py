"""The time, as the handlers are given it and as it is written."""

import random
import time
from datetime import UTC, datetime


def utc_now() -> datetime:
    """Give the time in UTC, in whole milliseconds: what is stored reads back equal."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def in_utc(moment: datetime) -> datetime:
    """Give the same time in UTC. Raises ValueError where that is in no year from 1 to 9999."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("no time in UTC") from error


def write_time(moment: datetime) -> str:
    """Write a time as RFC 3339 has it, in milliseconds: `2026-11-01T09:30:00.000Z`."""
    return in_utc(moment).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def pause(attempt: int) -> None:
    """Wait a random while, longer after each attempt, so that writers who collided do not collide again."""
    time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 - jitter, not a secret
