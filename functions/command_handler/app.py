"""Commands from the queue: the trigger pattern's three steps for each, in order for each resource."""

from trigger_pattern.aws.starting import started

import os
from functools import partial
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from resources import resource_named
from trigger_pattern.application.clock import pause, utc_now
from trigger_pattern.application.handling import RecordingHandler
from trigger_pattern.application.outcomes import OutcomeRecorder
from trigger_pattern.aws import clients
from trigger_pattern.aws.clients import READER_CONFIG
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.outcomes import DynamoDbOutcomes
from trigger_pattern.aws.dynamodb.stuck import DynamoDbStuck
from trigger_pattern.aws.messaging.command_batch import CommandBatch
from trigger_pattern.aws.messaging.deliveries import Deliveries
from trigger_pattern.aws.messaging.sqs import SqsDeadLetters, SqsDeliveries
from trigger_pattern.definition.life import root_of
from trigger_pattern.definition.requests import build_triggers
from trigger_pattern.kernel import CommandHandler

SPARE = 10
"""Deliveries in which a message that keeps failing can be dead-lettered with a reason."""

logger = Logger()
resource = resource_named(os.environ["RESOURCE"])
dynamodb = clients.dynamodb()
store = DynamoDbEventStore(resource, dynamodb, os.environ["EVENTS_TABLE"])
recorder = OutcomeRecorder(DynamoDbOutcomes(resource, dynamodb, os.environ["OUTCOMES_TABLE"]), utc_now)
batch = CommandBatch(
    resource=resource,
    handler=RecordingHandler(
        CommandHandler(root_of(resource), partial(build_triggers, resource), store, recorder, utc_now, pause), recorder
    ),
    outcomes=recorder,
    dead_letters=SqsDeadLetters(clients.sqs(on_first_use=True), os.environ["COMMANDS_DLQ_URL"]),
    stuck=DynamoDbStuck(clients.dynamodb(READER_CONFIG, on_first_use=True), os.environ["OUTCOMES_TABLE"], utc_now),
    queue=SqsDeliveries(clients.sqs(READER_CONFIG, on_first_use=True), os.environ["COMMANDS_QUEUE_URL"]),
    deliveries=Deliveries(int(os.environ["MAX_RECEIVES"]), SPARE, utc_now),
    logger=logger,
)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' own type
    """Handle an SQS event, and return the messages to be delivered again."""
    return batch.process(event, context)


started()
