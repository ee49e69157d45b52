"""Commits from the events table's stream, put into the cars view."""

import os
from datetime import timedelta
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from cars.adapters.aws import CLIENT_CONFIG
from cars.adapters.clock import utc_now
from cars.adapters.dynamodb.cars_view import DynamoDbCarsView
from cars.adapters.dynamodb.event_store import DynamoDbEventStore
from cars.adapters.dynamodb.overdue import Patience, Records
from cars.adapters.dynamodb.refolding import Refolder
from cars.adapters.dynamodb.stream import decoded, read_stream
from cars.adapters.messaging.projector_retries import ProjectorRetries
from cars.adapters.messaging.sqs import SqsRejects
from cars.application.projecting import Projector
from cars.domain.root import car_root

logger = Logger()
dynamodb = boto3.client("dynamodb", config=CLIENT_CONFIG)
sqs = boto3.client("sqs", config=CLIENT_CONFIG)
store = DynamoDbEventStore(dynamodb, os.environ["EVENTS_TABLE"])
view = DynamoDbCarsView(dynamodb, os.environ["CARS_VIEW_TABLE"])
rejects = SqsRejects(sqs, os.environ["PROJECTOR_DLQ_URL"])
later = SqsRejects(sqs, os.environ["PROJECTOR_RETRY_QUEUE_URL"])
projector = Projector(view, Refolder(car_root(utc_now), store))
patience = Patience(timedelta(seconds=int(os.environ["PATIENCE_SECONDS"])), utc_now, rejects, logger)
retries = ProjectorRetries(store, projector, rejects, logger)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' own type
    """Project what a stream event holds, or the cars of an SQS event, whose answer lists what is to come again.

    Whatever is raised for a stream event has the whole batch delivered again, bisected.
    """
    if event["Records"][0]["eventSource"] == "aws:sqs":
        return retries.process(event, context)
    patience.process(event["Records"], project)
    return None


def project(records: Records) -> None:
    """Put the newest of each car's commits into the view; dead-letter what is none, and retry what is newer code's."""
    cars = projector.project_all(decoded(read_stream(records, rejects), rejects, later), rejects, later)
    logger.info("projected", extra={"cars": cars})
