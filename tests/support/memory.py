"""The ports, in memory."""

from dataclasses import dataclass, field
from datetime import datetime

from trigger_pattern.application.idempotency import KeyReused, RequestKey, Ticket
from trigger_pattern.application.outcomes import RecordedOutcome, Status
from trigger_pattern_testing import MemoryEventStore

__all__ = ["MemoryEventStore", "MemoryOutcomes", "MemoryStuck", "MemoryTickets"]


@dataclass
class MemoryOutcomes:
    """Outcomes by command id."""

    kept: dict[str, RecordedOutcome] = field(default_factory=dict[str, RecordedOutcome])

    def record(self, outcome: RecordedOutcome) -> None:
        kept = self.kept.get(outcome.command_id)
        if kept is None or kept.status is Status.FAILED:
            self.kept[outcome.command_id] = outcome

    def find(self, command_id: str) -> RecordedOutcome | None:
        return self.kept.get(command_id)


@dataclass
class MemoryStuck:
    """Stuck resources, each until a time that no test waits for."""

    ids: set[str] = field(default_factory=set[str])

    def note(self, aggregate_id: str, until: datetime) -> None:
        self.ids.add(aggregate_id)

    def has(self, aggregate_id: str) -> bool:
        return aggregate_id in self.ids


@dataclass
class MemoryTickets:
    """Tickets by the digests of their keys."""

    kept: dict[str, tuple[str, Ticket]] = field(default_factory=dict[str, tuple[str, Ticket]])

    def keep(self, key: RequestKey, ticket: Ticket) -> Ticket | KeyReused:
        fingerprint, kept = self.kept.setdefault(key.digest, (key.fingerprint, ticket))
        return kept if fingerprint == key.fingerprint else KeyReused()
