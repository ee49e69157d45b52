"""A queue message as Lambda delivers it: the command, and where and when it was queued."""

from datetime import UTC, datetime

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord, SQSRecordAttributes

from trigger_pattern.aws.messaging.command_message import NotACommand, read_command
from trigger_pattern.definition.requests import Request
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Command, Delivery, Position


def read_record(resource: AnyResource, record: SQSRecord) -> tuple[Command[Request], Delivery]:
    """Read a record of an SQS event. Raises NotACommand, and UnknownCommand if newer code sent it.

    A message whose group is not its resource's id is no command: sequence numbers grow within a group only, and with
    those of another group a resource would take its next commands for duplicates.
    """
    command = read_command(resource, record.body)
    attributes = record.attributes
    if attributes.message_group_id != command.aggregate_id:
        raise NotACommand(f"the message group is not the {resource.words_of_name}'s id")
    if not attributes.sequence_number:
        raise NotACommand("no sequence number: not from a FIFO queue")
    position = Position(record.event_source_arn, int(attributes.sequence_number))
    sent_at = datetime.fromtimestamp(int(attributes.sent_timestamp) / 1000, UTC)
    return command, Delivery(position, sent_at, again=_may_be_repeated(command, attributes))


def _may_be_repeated(command: Command[Request], attributes: SQSRecordAttributes) -> bool:
    """Return whether the message was delivered before, or is not the one message that SQS keeps of its command."""
    delivered = int(attributes.approximate_receive_count) > 1
    return delivered or attributes.message_deduplication_id != command.command_id
