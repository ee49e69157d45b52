"""What became of a command that left no commit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from trigger_pattern import Refusal

MESSAGE_LIFETIME = timedelta(days=28)
"""A message waits at most 14 days in the queue and 14 in its dead-letter queue."""

OUTCOME_LIFETIME = MESSAGE_LIFETIME + timedelta(days=2)
"""An outcome is kept for longer than its command could still be waiting somewhere."""


class Status(StrEnum):
    """How a command without a commit ended."""

    UNCHANGED = "unchanged"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True)
class RecordedOutcome:
    """An outcome as it is kept; `reasons` is empty for `unchanged`."""

    command_id: str
    car_id: str
    status: Status
    reasons: tuple[Refusal, ...]
    decided_at: datetime


class Outcomes(Protocol):
    """The outcomes of commands, each kept for OUTCOME_LIFETIME."""

    def record(self, outcome: RecordedOutcome) -> None:
        """Keep an outcome, in the place of an earlier one of the same command."""
        ...

    def find(self, command_id: str) -> RecordedOutcome | None:
        """Find the outcome of a command, strongly consistently."""
        ...


@dataclass(frozen=True)
class OutcomeRecorder:
    """Records outcomes at the time they are decided."""

    outcomes: Outcomes
    clock: Callable[[], datetime]

    def record(self, car_id: str, command_id: str, status: Status, reasons: tuple[Refusal, ...] = ()) -> None:
        """Record how a command ended."""
        self.outcomes.record(RecordedOutcome(command_id, car_id, status, reasons, self.clock()))
