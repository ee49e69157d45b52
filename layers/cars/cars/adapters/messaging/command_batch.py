"""A batch of queue messages, where one that fails holds up its own car only."""

from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import SqsFifoPartialProcessor
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from cars.adapters.messaging.command_message import NotACommand, read_ids
from cars.adapters.messaging.command_record import read_record
from cars.adapters.messaging.deliveries import Deliveries, receives
from cars.adapters.messaging.sqs import SqsDeadLetters
from cars.application.handling import CarCommandHandler
from cars.application.outcomes import OutcomeRecorder

RESERVE_MILLISECONDS = 10_000
"""What a call may take that meets faults, its retries included. With less left, messages go back to the queue."""


class OutOfTime(Exception):
    """The function's time is nearly over; the queue delivers the message again."""


@dataclass(frozen=True)
class CommandBatch:
    """Handles each message; sets aside what is no command, and what still fails after enough deliveries.

    So the message goes to the dead-letter queue with its reason, and the messages behind it get their turn.
    """

    handler: CarCommandHandler
    outcomes: OutcomeRecorder
    dead_letters: SqsDeadLetters
    deliveries: Deliveries
    logger: Logger

    def process(self, event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' own type
        """Give the partial batch response: after a fault, that message and the ones of its car behind it."""
        processor = SqsFifoPartialProcessor(skip_group_on_error=True)
        processor.raise_on_entire_batch_failure = False
        with processor(event["Records"], self._handle, context):
            processor.process()
        return processor.response()

    def _handle(self, record: SQSRecord, lambda_context: LambdaContext) -> None:
        if lambda_context.get_remaining_time_in_millis() < RESERVE_MILLISECONDS:
            raise OutOfTime
        try:
            command, delivery = read_record(record)
            outcome = self.handler.handle(command, delivery)
            self.logger.info(type(outcome).__name__, command_id=command.command_id, car_id=command.aggregate_id)
        except NotACommand as poison:
            self._set_aside(record, str(poison))
        except Exception as fault:
            self.logger.exception("a command failed", extra=_names(record))
            if not self.deliveries.are_enough(record):
                raise
            self._set_aside(record, f"{type(fault).__name__} after {receives(record)} deliveries")

    def _set_aside(self, record: SQSRecord, reason: str) -> None:
        self.dead_letters.set_aside(record.raw_event, reason)
        self.logger.error("a message was set aside", message_id=record.message_id, reason=reason)
        try:
            if ids := read_ids(record.body):
                self.outcomes.failed(*ids)
        except Exception:
            self.logger.exception("the outcome `failed` could not be kept", message_id=record.message_id)
            if self.deliveries.left(record):  # at the last, to hand it back would have SQS move those behind it
                raise


def _names(record: SQSRecord) -> dict[str, str]:
    car_id, command_id = read_ids(record.body) or ("", "")
    return {"car_id": car_id, "command_id": command_id}
