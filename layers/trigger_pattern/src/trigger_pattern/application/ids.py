"""Identifiers that carry their time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

_RANDOM_BITS = 74
_EPOCH = datetime.fromtimestamp(0, UTC)
_MILLISECOND = timedelta(milliseconds=1)


def new_id(now: datetime, random_bits: Callable[[int], int]) -> str:
    """Make a UUID of version 7 (RFC 9562, section 5.7): 48 bits of Unix time in milliseconds, then randomness.

    `random_bits(n)` returns a number of n random bits, as `secrets.randbits` does.
    """
    milliseconds = (now - _EPOCH) // _MILLISECOND
    random = random_bits(_RANDOM_BITS)
    return str(UUID(int=milliseconds << 80 | 7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & (1 << 62) - 1))


def time_of(id_: str) -> datetime | None:
    """Return when a UUID of version 7 was made, in UTC; None for any other, or a time after the year 9999."""
    uuid = UUID(id_)
    if uuid.version != 7:  # noqa: PLR2004 - the version itself
        return None
    try:
        return _EPOCH + (uuid.int >> 80) * _MILLISECOND
    except OverflowError:
        return None
