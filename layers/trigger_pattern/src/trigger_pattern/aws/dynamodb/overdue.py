"""Give up on records of the events table's stream, so that no record stops its shard for others.

A fault of the infrastructure is retried. Lambda gives up on a record by its age, and then keeps its place in the
stream, which the stream forgets after a day. This gives up a while before, and keeps the id and the version, which the
events table knows for ever. Any other fault is the record's own, and does not pass by itself.
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
"""What passes by itself, and concerns every record alike."""

_MAX_REASON = 500


@dataclass(frozen=True)
class Patience:
    """How long records may fail by the infrastructure's faults, counted from when they were written."""

    resource: AnyResource
    limit: timedelta
    clock: Callable[[], datetime]
    rejects: SetAside
    logger: Logger

    def process(self, records: Records, work: Callable[[Records], None]) -> None:
        """Do the work for a batch. A fault of the infrastructure is raised: the whole batch is then delivered again.

        After any other fault, and where each record is too old, the work is done for each record by itself. What still
        fails is dead-lettered, and the others are done.
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
        except Exception as fault:  # noqa: BLE001 - whatever a single record causes
            self.logger.error("a record was dead-lettered", extra=where(fault))  # noqa: TRY400 - its text may be private
            set_aside(self.resource, record, type(fault).__name__, self.rejects)

    def _is_overdue(self, record: dict[str, Any]) -> bool:
        written = datetime.fromtimestamp(float(record["dynamodb"]["ApproximateCreationDateTime"]), UTC)
        return self.clock() - written >= self.limit


def set_aside(resource: AnyResource, record: dict[str, Any], reason: str, rejects: SetAside) -> None:
    """Dead-letter a record by its key: the resource's id, and the version of its first event."""
    key = record["dynamodb"]["Keys"]
    rejects.set_aside(key[resource.id]["S"], int(Decimal(key["version"]["N"])), reason[:_MAX_REASON])
