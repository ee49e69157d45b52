"""Dead-letter overdue records of the events table's stream, so that no record stops its shard for others.

A fault of the infrastructure is retried. Lambda would give up on a record by its age and keep only its place in the
stream, which the stream forgets after a day. So this gives up earlier, and keeps the id and the version, by which the
events table finds the commit for ever. Any other fault is the record's own, and does not pass.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from aws_lambda_powertools import Logger
from botocore.exceptions import BotoCoreError, ClientError

from trigger_pattern.application.publishing import PublishingFailed, SetAside
from trigger_pattern.aws.faults import where
from trigger_pattern.definition.resource import AnyResource

Records: TypeAlias = Sequence[dict[str, Any]]

INFRASTRUCTURE = (BotoCoreError, ClientError, PublishingFailed)
"""Faults that pass, and concern all records alike."""

_MAX_REASON = 500


@dataclass(frozen=True)
class Patience:
    """How long the infrastructure's faults are retried, counted from when a record was written."""

    resource: AnyResource
    limit: timedelta
    clock: Callable[[], datetime]
    rejects: SetAside
    logger: Logger

    def process(self, records: Records, work: Callable[[Records], None]) -> None:
        """Do the work for a batch. Raises a fault of the infrastructure, so that the batch is delivered again.

        After any other fault, and if every record is overdue, each record is tried alone. One that still fails is
        dead-lettered.
        """
        try:
            work(records)
        except Exception as fault:
            overdue = all(map(self._is_overdue, records))
            if isinstance(fault, INFRASTRUCTURE) and not overdue:
                raise
            for record in records:
                self._process_alone(record, work, overdue=overdue)

    def _process_alone(self, record: dict[str, Any], work: Callable[[Records], None], *, overdue: bool) -> None:
        try:
            work([record])
        except INFRASTRUCTURE as fault:
            if not overdue:
                raise
            self.logger.exception("a record was dead-lettered")
            set_aside(self.resource, record, f"{type(fault).__name__} after {self.limit}: {fault}", self.rejects)
        except Exception as fault:  # noqa: BLE001 - any fault that a single record causes
            self.logger.error("a record was dead-lettered", extra=where(fault))  # noqa: TRY400 - its text may be private
            set_aside(self.resource, record, type(fault).__name__, self.rejects)

    def _is_overdue(self, record: dict[str, Any]) -> bool:
        written = datetime.fromtimestamp(float(record["dynamodb"]["ApproximateCreationDateTime"]), UTC)
        return self.clock() - written >= self.limit


def set_aside(resource: AnyResource, record: dict[str, Any], reason: str, rejects: SetAside) -> None:
    """Dead-letter a record by its key: the resource's id, and the version of its first event."""
    key = record["dynamodb"]["Keys"]
    rejects.set_aside(key[resource.id]["S"], int(Decimal(key["version"]["N"])), reason[:_MAX_REASON])
