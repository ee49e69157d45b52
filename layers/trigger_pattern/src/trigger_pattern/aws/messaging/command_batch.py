"""A batch of queue messages, in which a failing one holds up only its own resource."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit, single_metric
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from trigger_pattern.application.backlog import STUCK_AFTER, Stuck
from trigger_pattern.application.handling import RecordingHandler
from trigger_pattern.application.outcomes import OutcomeRecorder
from trigger_pattern.aws.messaging.command_message import NotACommand, read_ids
from trigger_pattern.aws.messaging.command_record import read_record
from trigger_pattern.aws.messaging.deliveries import Deliveries, pause_after, receives
from trigger_pattern.aws.messaging.sqs import SqsDeadLetters
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Untraced

RESERVE_MILLISECONDS = 14_000
"""The time for one call that meets faults, its retries included, and for the calls to SQS and DynamoDB after it.

With less left, messages go back to the queue.
"""

UNTRACED = "delivered behind later commands of its queue, with neither a commit nor an outcome"


class DeliversAgain(Protocol):
    """The queue of the messages."""

    def come_again(self, seconds: Mapping[str, int]) -> None:
        """Make messages visible again after so many seconds each, by their receipts."""
        ...


@dataclass(frozen=True)
class CommandBatch:
    """Handles each message; dead-letters one that is no command, or that still fails after enough deliveries.

    So the message is dead-lettered with a reason, and the messages behind it get their turn.
    """

    resource: AnyResource
    handler: RecordingHandler
    outcomes: OutcomeRecorder
    dead_letters: SqsDeadLetters
    stuck: Stuck
    queue: DeliversAgain
    deliveries: Deliveries
    logger: Logger

    def process(self, event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        """Return the partial batch response: each message that met a fault, and those of its resource behind it."""
        again: defaultdict[str, list[SQSRecord]] = defaultdict(list)
        pauses: dict[str, timedelta] = {}
        for record in map(SQSRecord, event["Records"]):
            group = record.attributes.message_group_id or ""
            if group not in again:
                pause = self._try(record, context)
                if pause is None:
                    continue
                pauses[group] = pause
            again[group].append(record)
        self._come_again(again, pauses)
        return {"batchItemFailures": [{"itemIdentifier": r.message_id} for held in again.values() for r in held]}

    def _try(self, record: SQSRecord, context: LambdaContext) -> timedelta | None:
        """Return None if the message is done, or else how long to wait before it is delivered again."""
        if context.get_remaining_time_in_millis() < RESERVE_MILLISECONDS:
            return timedelta()
        try:
            self._handle(record)
        except Exception:
            self.logger.exception("a command failed", extra=self._names(record))
            self._note_stuck(record)
            return pause_after(record)
        return None

    def _handle(self, record: SQSRecord) -> None:
        try:
            command, delivery = read_record(self.resource, record)
            outcome = self.handler.handle(command, delivery)
        except NotACommand as poison:
            self._dead_letter(record, str(poison))
        except Exception as fault:
            if not self.deliveries.are_enough(record):
                raise
            self.logger.exception("a command failed for the last time", extra=self._names(record))
            self._dead_letter(record, f"{type(fault).__name__} after {receives(record)} deliveries")
        else:
            self.logger.info(type(outcome).__name__, command_id=command.command_id, aggregate_id=command.aggregate_id)
            if isinstance(outcome, Untraced):
                self._count_untraced()
                self._dead_letter(record, UNTRACED)

    def _count_untraced(self) -> None:
        with single_metric(name="UntracedCommands", unit=MetricUnit.Count, value=1, namespace=self.resource.plural):
            pass

    def _dead_letter(self, record: SQSRecord, reason: str) -> None:
        self.dead_letters.set_aside(record.raw_event, reason)
        self.logger.error("a message was dead-lettered", message_id=record.message_id, reason=reason)
        try:
            if ids := read_ids(self.resource, record.body):
                self.outcomes.failed(*ids)
        except Exception:
            self.logger.exception("the outcome `failed` could not be recorded", message_id=record.message_id)
            if self.deliveries.left(record):  # else SQS would dead-letter those behind it, if this was handed back
                raise

    def _note_stuck(self, record: SQSRecord) -> None:
        """Note that a resource is stuck if its first message has been failing for a while."""
        if self.deliveries.age(record) < STUCK_AFTER:
            return
        try:
            self.stuck.note(record.attributes.message_group_id or "", self.deliveries.clock() + 2 * pause_after(record))
        except Exception:
            self.logger.exception("a stuck resource could not be noted")

    def _come_again(self, again: dict[str, list[SQSRecord]], pauses: dict[str, timedelta]) -> None:
        """Make a resource's messages visible together: one in flight would hold up those before it."""
        seconds = {r.receipt_handle: pauses[group].seconds for group, held in again.items() for r in held}
        if seconds:
            try:
                self.queue.come_again(seconds)
            except Exception:
                self.logger.exception("messages come again only after the queue's visibility timeout")

    def _names(self, record: SQSRecord) -> dict[str, str]:
        aggregate_id, command_id = read_ids(self.resource, record.body) or ("", "")
        return {"aggregate_id": aggregate_id, "command_id": command_id}
