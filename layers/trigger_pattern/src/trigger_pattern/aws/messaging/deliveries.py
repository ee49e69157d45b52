"""The schedule by which failing messages are delivered again, and given up in the end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

PATIENCE = timedelta(days=2)
"""How long a failing message is retried."""

LONGEST_PAUSE = timedelta(seconds=180)
"""The queue's visibility timeout, and so the longest pause between two deliveries."""


@dataclass(frozen=True)
class Deliveries:
    """Decides by a message's age and its number of deliveries. `clock` returns the time in UTC.

    `max_receives` is the queue's `maxReceiveCount`. After it, SQS itself would dead-letter a message without a reason,
    and also those behind it that were received as often without being tried. So a message that fails in the last
    `spare` deliveries is given up: in several of them, because the function can crash in any.
    """

    max_receives: int
    spare: int
    clock: Callable[[], datetime]

    def are_enough(self, record: SQSRecord) -> bool:
        """Return whether to give up a message that has just failed.

        Messages that waited too long behind another one are not retried for long: each is given up at its second
        delivery, which is soon and may give up the whole batch.
        """
        is_overdue = self.age(record) > PATIENCE and receives(record) > 1
        return is_overdue or self.left(record) <= self.spare

    def age(self, record: SQSRecord) -> timedelta:
        """Return how long ago a message was sent."""
        return self.clock() - datetime.fromtimestamp(int(record.attributes.sent_timestamp) / 1000, UTC)

    def left(self, record: SQSRecord) -> int:
        """Return how many deliveries a message has left."""
        return max(0, self.max_receives - receives(record))


def pause_after(record: SQSRecord) -> timedelta:
    """Return how long to wait before the next delivery of a message that failed: 2, 4, 8 … 180 seconds."""
    return min(timedelta(seconds=2 ** min(receives(record), 10)), LONGEST_PAUSE)


def receives(record: SQSRecord) -> int:
    """Return how often a message was delivered, this time included. SQS calls its count approximate."""
    return int(record.attributes.approximate_receive_count)
