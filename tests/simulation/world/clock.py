"""Virtual time: it passes when somebody says so, and nothing sleeps."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.support.cars import NOW

_MICROSECOND = timedelta(microseconds=1)
_UNIX_EPOCH = datetime.fromtimestamp(0, UTC)


class Clock:
    """The true time of the simulated world, in whole microseconds."""

    def __init__(self, start: datetime = NOW) -> None:
        self._microseconds = (start - _UNIX_EPOCH) // _MICROSECOND

    @property
    def now(self) -> float:
        """Seconds since 1970."""
        return self._microseconds / 1_000_000

    @property
    def milliseconds(self) -> int:
        """Whole milliseconds since 1970, as SQS writes times."""
        return self._microseconds // 1000

    def datetime(self, offset: float = 0.0) -> datetime:
        """Return the time in UTC on a clock that is this many seconds ahead."""
        return _UNIX_EPOCH + timedelta(microseconds=self._microseconds, seconds=offset)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        if seconds < 0:
            raise ValueError("time does not go back")
        self._microseconds += round(seconds * 1_000_000)

    def advance_to(self, moment: float) -> None:
        """Let time pass until a moment, given in seconds since 1970; do nothing where that is over."""
        self.advance(max(0.0, moment - self.now))
        while self.now < moment:  # the difference was less than half a microsecond
            self._microseconds += 1


@dataclass
class Skewed:
    """What an instance of a function takes for the time: `offset` seconds ahead of the truth, or, negative, behind.

    Lambda promises no bound, but AWS denies the requests of one that is wrong by more than 15 minutes at the most. The
    system's own margins are 30 s (`CLOCK_SKEW`) between two senders, and what AWS allows (`WIDEST_CLOCK_SKEW`).
    """

    clock: Clock
    offset: float = 0.0

    def now(self) -> datetime:
        """Return the time in UTC, in whole milliseconds, as `trigger_pattern.application.clock.utc_now` does."""
        now = self.clock.datetime(self.offset)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)
