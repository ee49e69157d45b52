"""Give up on records of the events table's stream that keep failing, while they can still be told apart.

Lambda gives up on a record by its age, and then keeps its place in the stream, which the stream forgets after a day.
This gives up a while before, and keeps the car and the version, which the events table knows for ever.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from aws_lambda_powertools import Logger

from cars.application.publishing import SetAside

Records: TypeAlias = Sequence[dict[str, Any]]

_MAX_REASON = 500


@dataclass(frozen=True)
class Patience:
    """How long records may fail, counted from when they were written."""

    limit: timedelta
    clock: Callable[[], datetime]
    rejects: SetAside
    logger: Logger

    def process(self, records: Records, work: Callable[[Records], None]) -> None:
        """Do the work for a batch. What it raises has the whole batch delivered again, unless each record is too old.

        Then it is done for each record by itself, and what still fails is set aside: a batch that had to wait behind
        another for a day is no worse for that.
        """
        try:
            work(records)
        except Exception:
            if not all(map(self._is_overdue, records)):
                raise
            for record in records:
                self._process_alone(record, work)

    def _process_alone(self, record: dict[str, Any], work: Callable[[Records], None]) -> None:
        try:
            work([record])
        except Exception as fault:
            self.logger.exception("a record was set aside")
            set_aside(record, f"{type(fault).__name__} after {self.limit}: {fault}"[:_MAX_REASON], self.rejects)

    def _is_overdue(self, record: dict[str, Any]) -> bool:
        written = datetime.fromtimestamp(float(record["dynamodb"]["ApproximateCreationDateTime"]), UTC)
        return self.clock() - written >= self.limit


def set_aside(record: dict[str, Any], reason: str, rejects: SetAside) -> None:
    """Set a record aside by its key: the car's id, and the version of its first event."""
    key = record["dynamodb"]["Keys"]
    rejects.set_aside(key["carId"]["S"], int(Decimal(key["version"]["N"])), reason)
