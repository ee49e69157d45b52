"""Breaks of how a request becomes a command, of the queue between, and of the batch that is read from it."""

from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord, SQSRecordAttributes

from tests.simulation.mutation.mutation import Original, mutates, set_to
from trigger_pattern.application.handling import RecordingHandler
from trigger_pattern.application.idempotency import Ticket
from trigger_pattern.application.submitting import CommandSubmitter, Unavailable
from trigger_pattern.application.tracking import CommandOutcome, CommandSucceeded
from trigger_pattern.aws.messaging.command_batch import CommandBatch
from trigger_pattern.aws.messaging.sqs import SqsCommandQueue
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.http.exchange import Problem
from trigger_pattern.kernel import Command, Delivery

SUBMITTING = "trigger_pattern.application.submitting"
BATCH = "trigger_pattern.aws.messaging.command_batch.CommandBatch"
SEND = "trigger_pattern.aws.messaging.sqs.SqsCommandQueue.send"
LOST = "nothing accepted is lost"

set_to("few receives", "tests.simulation.world.settings.MAX_RECEIVES", 3, breaks=LOST)


@mutates(f"{SUBMITTING}._command", breaks="no command takes effect after it was refused")
def a_command_forgets_its_key(original: Original, *arguments: object) -> Command[Any]:
    command: Command[Any] = original(*arguments)
    return replace(command, keyed=False)


@mutates(f"{SUBMITTING}._command", breaks="a command is what was asked")
def a_condition_is_lost_on_its_way_to_the_queue(original: Original, *arguments: object) -> Command[Any]:
    command: Command[Any] = original(*arguments)
    return replace(command, expected_version=None)


@mutates(f"{SUBMITTING}.CommandSubmitter._keep", breaks="requests with one key are one request")
def the_ticket_of_a_request_is_not_kept(
    original: Original, self: CommandSubmitter, ticket: Ticket, *rest: object
) -> Ticket:
    original(self, ticket, *rest)
    return ticket


@mutates(SEND, breaks=LOST)
def a_message_that_was_not_kept_is_accepted(original: Original, self: SqsCommandQueue, command: Command[Any]) -> None:
    with suppress(Unavailable):
        original(self, command)


@mutates(SEND, breaks=LOST)
def a_send_without_an_answer_is_a_success(original: Original, self: SqsCommandQueue, command: Command[Any]) -> None:
    try:
        original(self, command)
    except Unavailable as unavailable:
        if not isinstance(unavailable.__cause__, OSError):
            raise


@mutates(
    "trigger_pattern.aws.messaging.command_record._may_be_repeated",
    breaks="no command takes effect twice",
)
def a_copy_is_taken_for_the_only_message(
    _original: Original, _command: Command[Any], attributes: SQSRecordAttributes
) -> bool:
    return int(attributes.approximate_receive_count) > 1


@mutates(f"{BATCH}._handle", breaks=LOST)
def commands_are_acknowledged_before_they_are_committed(
    original: Original, self: CommandBatch, record: SQSRecord
) -> None:
    with suppress(Exception):
        original(self, record)


@mutates(f"{BATCH}.process", breaks=LOST)
def one_failure_acknowledges_the_whole_batch(original: Original, *arguments: object) -> dict[str, Any]:
    original(*arguments)
    return {"batchItemFailures": []}


@mutates(f"{BATCH}.process", breaks="no command is untraced")
def a_car_goes_on_behind_a_command_that_failed(
    original: Original, self: CommandBatch, event: dict[str, Any], context: object
) -> dict[str, Any]:
    answers = [original(self, {"Records": [record]}, context) for record in event["Records"]]
    return {"batchItemFailures": [failure for answer in answers for failure in answer["batchItemFailures"]]}


@mutates("trigger_pattern.aws.messaging.deliveries.Deliveries.are_enough", breaks=LOST)
def SQS_dead_letters_without_a_reason(_original: Original, *_: object) -> bool:  # noqa: N802
    return False


@mutates("trigger_pattern.application.handling.RecordingHandler.handle", breaks="what is unchanged was so")
def the_outcome_is_written_before_the_commit(
    original: Original, self: RecordingHandler, command: Command[Any], delivery: Delivery
) -> object:
    self.outcomes.unchanged(command.aggregate_id, command.command_id, 0)
    return original(self, command, delivery)


@mutates("trigger_pattern.http.writes.Writes._outcome", breaks="a write that waited got a true answer")
def a_wait_shows_the_car_before(
    original: Original, self: object, result: object, outcome: CommandOutcome, *, created: bool
) -> object:
    if isinstance(outcome, CommandSucceeded):
        outcome = replace(outcome, version=max(1, outcome.version - 1))
    return original(self, result, outcome, created=created)


@mutates("trigger_pattern.http.answers.gone", breaks="every read is answered when nothing fails")
def a_car_that_is_gone_is_a_fault(original: Original, resource: AnyResource) -> Problem:
    problem: Problem = original(resource)
    return replace(problem, status=HTTPStatus.INTERNAL_SERVER_ERROR)
