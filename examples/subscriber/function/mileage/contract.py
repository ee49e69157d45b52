"""The rule that makes events that come late, twice or not at all take effect once each, in order."""

from enum import Enum, auto


class Decision(Enum):
    """What to do about an event."""

    ACCEPT = auto()
    """It is the next one."""
    DROP = auto()
    """It took effect before."""
    FETCH = auto()
    """Events before it are missing: read them, and it, from the registry."""


def decide(seen: int, version: int) -> Decision:
    """Decide about an event of a car whose last known version is `seen`, 0 for a car never heard of."""
    if version <= seen:
        return Decision.DROP
    return Decision.ACCEPT if version == seen + 1 else Decision.FETCH
