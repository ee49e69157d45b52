"""Wait for the outcome of a command that was just sent, with few requests."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from trigger_pattern.application.commit_log import CommitLog
from trigger_pattern.application.commits import StoredCommit
from trigger_pattern.application.idempotency import Ticket
from trigger_pattern.application.outcomes import RecordedOutcome
from trigger_pattern.application.tracking import CommandOutcome, CommandSucceeded, Pending

QUICK_SECONDS = 2.0
"""Pauses are short for this long: nearly every command has its outcome by then."""

SHORTEST_PAUSE = 0.08
"""Seconds. With the request itself, an outcome is seen less than 100 ms after the fact."""

LONGEST_PAUSE = 1.0
"""Seconds. After the quick seconds, each pause is half as long again as the last, up to this."""


@dataclass(frozen=True)
class Trace:
    """The commit that begins at a version, and the outcome of a command; None for each that was not found."""

    commit: StoredCommit | None = None
    outcome: RecordedOutcome | None = None


class Traces(Protocol):
    """Reads both tables in which a command can leave a trace, with one strongly consistent request."""

    def find(self, aggregate_id: str, version: int, command_id: str) -> Trace:
        """Find the commit that begins at this version of the resource, and the outcome of the command.

        A part that could not be read this time is None; so is an outcome whose commit could not be read.
        """
        ...


@dataclass(frozen=True)
class CommandWaiter:
    """Waits for commands. `monotonic` returns seconds, `pause` waits that many."""

    log: CommitLog
    traces: Traces
    monotonic: Callable[[], float]
    pause: Callable[[float], None]

    def version(self, aggregate_id: str) -> int:
        """Return a resource's version before a command is sent: `wait` looks only above it."""
        head = next(self.log.recorded(aggregate_id), None)
        return head.last_version if head else 0

    def wait(self, ticket: Ticket, above: int, seconds: float) -> CommandOutcome:
        """Return the outcome of a command that was just sent, or Pending after so many seconds.

        Versions have no gaps, so the next commit begins at the version after the last one. If it is another
        command's, the search goes on behind it at once. A wait of 20 seconds without an outcome makes 48 requests,
        and fewer if they take long themselves.
        """
        begun, pause = self.monotonic(), SHORTEST_PAUSE
        while True:
            found = self.traces.find(ticket.aggregate_id, above + 1, ticket.command_id)
            waited = self.monotonic() - begun
            if found.commit and found.commit.command_id == ticket.command_id:
                return CommandSucceeded(found.commit.last_version)
            if found.outcome and not found.commit:
                return found.outcome
            if waited >= seconds:
                return Pending()
            if found.commit:
                above = found.commit.last_version
                continue
            if waited >= QUICK_SECONDS:
                pause = min(1.5 * pause, LONGEST_PAUSE)
            self.pause(min(pause, seconds - waited))
