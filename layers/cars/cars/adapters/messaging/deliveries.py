"""How often a message that keeps failing is delivered before the command handler sets it aside."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

PATIENCE = timedelta(days=2)
"""How long a message waits for a fault to pass: some 1000 deliveries, one every three minutes."""
TRIES = 10
"""Deliveries that a message gets also where it has waited for longer behind others, which is then soon over for all of
its car: SQS delivers ten of them at a time, and would forget the rest after 14 days."""


@dataclass(frozen=True)
class Deliveries:
    """Counts a message's deliveries.

    `max_receives` is the queue's `maxReceiveCount`, after which SQS would move a message, without a reason, and with it
    those behind it that were received as often without being tried. So what fails in the last `spare` of them is set
    aside; more than one, since the function can crash in any of them. `clock` gives the time in UTC.
    """

    max_receives: int
    spare: int
    clock: Callable[[], datetime]

    def are_enough(self, record: SQSRecord) -> bool:
        """Say whether a message that failed just now is to be set aside."""
        sent_at = datetime.fromtimestamp(int(record.attributes.sent_timestamp) / 1000, UTC)
        waited_too_long = self.clock() - sent_at > PATIENCE and receives(record) >= TRIES
        return waited_too_long or self.left(record) <= self.spare

    def left(self, record: SQSRecord) -> int:
        """Tell how often a message can still be delivered."""
        return max(0, self.max_receives - receives(record))


def receives(record: SQSRecord) -> int:
    """Tell how often a message was delivered, this time included; SQS calls its count approximate."""
    return int(record.attributes.approximate_receive_count)
