"""Give up on records of the events table's stream that keep failing, while they can still be told apart.

Lambda gives up on a record by its age, and then keeps its place in the stream, which the stream forgets after a day.
This gives up a while before, and keeps the car and the version, which the events table knows for ever.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from aws_lambda_powertools import Logger

from cars.application.publishing import SetAside


@dataclass(frozen=True)
class Patience:
    """How long records may fail, counted from when they were written."""

    limit: timedelta
    clock: Callable[[], datetime]
    rejects: SetAside
    logger: Logger

    @contextmanager
    def over(self, records: Sequence[dict[str, Any]]) -> Generator[None]:
        """Let a fault through, to have the batch delivered again, unless every record is older than the limit.

        Then each is set aside, and the stream goes on. Lambda halves a batch that fails until what fails is alone, so
        only records that failed by themselves get here; what else was in a batch of an older half is only sent again.
        """
        try:
            yield
        except Exception as fault:
            if not all(map(self._is_overdue, records)):
                raise
            self.logger.exception("records were set aside", extra={"records": len(records)})
            for record in records:
                set_aside(record, f"{type(fault).__name__}, for {self.limit}", self.rejects)

    def _is_overdue(self, record: dict[str, Any]) -> bool:
        written = datetime.fromtimestamp(float(record["dynamodb"]["ApproximateCreationDateTime"]), UTC)
        return self.clock() - written >= self.limit


def set_aside(record: dict[str, Any], reason: str, rejects: SetAside) -> None:
    """Set a record aside by its key: the car's id, and the version of its first event."""
    key = record["dynamodb"]["Keys"]
    rejects.set_aside(key["carId"]["S"], int(Decimal(key["version"]["N"])), reason)
