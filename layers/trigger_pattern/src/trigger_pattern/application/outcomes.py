"""The outcome of a command that left no commit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from trigger_pattern.kernel import Refusal, Refused

MESSAGE_LIFETIME = timedelta(days=28)
"""A message waits at most 14 days in the queue and 14 in its dead-letter queue."""

OUTCOME_LIFETIME = MESSAGE_LIFETIME + timedelta(days=2)
"""An outcome is kept for longer than its command could still be waiting somewhere."""


class Status(StrEnum):
    """How a command without a commit ended."""

    UNCHANGED = "unchanged"
    REFUSED = "refused"
    FAILED = "failed"


FAILED = Refusal(
    "failed", "The command could not be handled and was set aside. It may be handled later; a new request is another."
)


@dataclass(frozen=True)
class RecordedOutcome:
    """An outcome as it is kept: `unchanged` has the resource's `version`, the others have their `reasons`.

    `invalid` if a command was refused because the value that it proposed is no valid one.
    """

    command_id: str
    aggregate_id: str
    status: Status
    reasons: tuple[Refusal, ...]
    decided_at: datetime
    version: int | None = None
    invalid: bool = False


class Outcomes(Protocol):
    """The outcomes of commands, each kept for OUTCOME_LIFETIME."""

    def record(self, outcome: RecordedOutcome) -> None:
        """Record an outcome. A command's first one stands, except `failed`, since a dead letter may be redriven."""
        ...

    def find(self, command_id: str) -> RecordedOutcome | None:
        """Find the outcome of a command, strongly consistently."""
        ...


@dataclass(frozen=True)
class OutcomeRecorder:
    """Records outcomes at the time they are decided."""

    outcomes: Outcomes
    clock: Callable[[], datetime]

    def has_any(self, command_id: str) -> bool:
        """Return whether a command's outcome is recorded, `failed` included."""
        return self.outcomes.find(command_id) is not None

    def has_decided(self, command_id: str) -> bool:
        """Return whether a command was refused or changed nothing: such an outcome is final."""
        outcome = self.outcomes.find(command_id)
        return outcome is not None and outcome.status is not Status.FAILED

    def unchanged(self, aggregate_id: str, command_id: str, version: int) -> None:
        """Record that a command changed nothing."""
        self.outcomes.record(RecordedOutcome(command_id, aggregate_id, Status.UNCHANGED, (), self.clock(), version))

    def refused(self, aggregate_id: str, command_id: str, refused: Refused) -> None:
        """Record why a command was refused."""
        reasons, invalid = refused.reasons, refused.invalid
        self.outcomes.record(
            RecordedOutcome(command_id, aggregate_id, Status.REFUSED, reasons, self.clock(), invalid=invalid)
        )

    def failed(self, aggregate_id: str, command_id: str) -> None:
        """Record that a command was dead-lettered."""
        self.outcomes.record(RecordedOutcome(command_id, aggregate_id, Status.FAILED, (FAILED,), self.clock()))
