"""Finding a command's outcome."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from trigger_pattern.application.commit_log import CommitLog
from trigger_pattern.application.commits import UnreadableCommit
from trigger_pattern.application.ids import time_of
from trigger_pattern.application.outcomes import MESSAGE_LIFETIME, Outcomes, RecordedOutcome
from trigger_pattern.kernel import WIDEST_CLOCK_SKEW, Recorded, find_commit


@dataclass(frozen=True)
class Pending:
    """The command is waiting, as far as can be known."""


@dataclass(frozen=True)
class CommandSucceeded:
    """The command's events are in the log; `version` is that of the last of them."""

    version: int


CommandOutcome: TypeAlias = CommandSucceeded | RecordedOutcome | Pending


@dataclass(frozen=True)
class CommandTracker:
    """Finds a command's commit, or else its outcome: a commit beats an outcome."""

    log: CommitLog
    outcomes: Outcomes
    clock: Callable[[], datetime]

    def find(self, aggregate_id: str, command_id: str) -> CommandOutcome | None:
        """Return the outcome of a command, None if there is no such command.

        A command without a trace is pending for as long as its message could still be waiting somewhere.
        """
        issued_at = time_of(command_id)
        if issued_at is None:
            return None
        waiting = -WIDEST_CLOCK_SKEW <= self.clock() - issued_at <= MESSAGE_LIFETIME
        outcome: CommandOutcome | None
        try:
            found = self._commit(aggregate_id, command_id, issued_at)
        except UnreadableCommit:
            outcome = self.outcomes.find(command_id)
            if outcome is None:  # the commit that cannot be read may be this command's
                raise
        else:
            outcome = CommandSucceeded(found.last_version) if found else self.outcomes.find(command_id)
        if isinstance(outcome, RecordedOutcome) and outcome.aggregate_id != aggregate_id:
            return None
        return outcome or (Pending() if waiting else None)

    def _commit(self, aggregate_id: str, command_id: str, issued_at: datetime) -> Recorded | None:
        head = next(self.log.recorded(aggregate_id), None)
        return head and find_commit(self.log, head, command_id, issued_at)
