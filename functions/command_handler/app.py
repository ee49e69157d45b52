"""Commands from the queue: the trigger pattern's three steps for each, in order for each car."""

import os
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from cars.adapters.aws import CLIENT_CONFIG, READER_CONFIG
from cars.adapters.clock import pause, utc_now
from cars.adapters.dynamodb.event_store import DynamoDbEventStore
from cars.adapters.dynamodb.outcomes import DynamoDbOutcomes
from cars.adapters.dynamodb.stuck_cars import DynamoDbStuckCars
from cars.adapters.messaging.command_batch import CommandBatch
from cars.adapters.messaging.deliveries import Deliveries
from cars.adapters.messaging.sqs import SqsDeadLetters, SqsDeliveries
from cars.application.handling import CarCommandHandler
from cars.application.outcomes import OutcomeRecorder
from cars.domain.mapping import map_command
from cars.domain.root import car_root
from trigger_pattern import CommandHandler

SPARE = 10
"""Deliveries in which a message that keeps failing can be set aside, with a reason."""

logger = Logger()
dynamodb = boto3.client("dynamodb", config=CLIENT_CONFIG)
store = DynamoDbEventStore(dynamodb, os.environ["EVENTS_TABLE"])
recorder = OutcomeRecorder(DynamoDbOutcomes(dynamodb, os.environ["OUTCOMES_TABLE"]), utc_now)
batch = CommandBatch(
    handler=CarCommandHandler(
        CommandHandler(car_root(utc_now), map_command, store, recorder, utc_now, pause), recorder
    ),
    outcomes=recorder,
    dead_letters=SqsDeadLetters(boto3.client("sqs", config=CLIENT_CONFIG), os.environ["COMMANDS_DLQ_URL"]),
    stuck=DynamoDbStuckCars(boto3.client("dynamodb", config=READER_CONFIG), os.environ["OUTCOMES_TABLE"], utc_now),
    queue=SqsDeliveries(boto3.client("sqs", config=READER_CONFIG), os.environ["COMMANDS_QUEUE_URL"]),
    deliveries=Deliveries(int(os.environ["MAX_RECEIVES"]), SPARE, utc_now),
    logger=logger,
)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' own type
    """Handle an SQS event; the answer lists the messages that are to be delivered again."""
    return batch.process(event, context)
