"""The rule by which each event takes effect once and in order, even if events arrive late, twice or not at all."""

from enum import Enum, auto


class Decision(Enum):
    """The three things to do with an event."""

    ACCEPT = auto()
    """It is the next one."""
    DROP = auto()
    """It has taken effect already."""
    FETCH = auto()
    """Events before it are missing: read them and this one from the registry."""


def decide(seen: int, version: int) -> Decision:
    """Return what to do with an event of a car whose last known version is `seen`; 0 for an unknown car."""
    if version <= seen:
        return Decision.DROP
    return Decision.ACCEPT if version == seen + 1 else Decision.FETCH
