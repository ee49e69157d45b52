"""Commits from the events table's stream, published event by event to the topic."""

import os
from datetime import timedelta
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from cars.adapters.aws import CLIENT_CONFIG
from cars.adapters.clock import utc_now
from cars.adapters.dynamodb.event_store import DynamoDbEventStore
from cars.adapters.dynamodb.makes import Makes
from cars.adapters.dynamodb.overdue import Patience, Records
from cars.adapters.dynamodb.stream import read_stream
from cars.adapters.messaging.sns import SnsTopic
from cars.adapters.messaging.sqs import SqsRejects
from cars.application.publishing import Broadcaster

logger = Logger()
topic = SnsTopic(
    boto3.client("sns", config=CLIENT_CONFIG),
    os.environ["EVENTS_TOPIC_ARN"],
    os.environ["EVENT_SOURCE"],
    fifo=os.environ["EVENTS_TOPIC_TYPE"] == "fifo",
)
store = DynamoDbEventStore(boto3.client("dynamodb", config=CLIENT_CONFIG), os.environ["EVENTS_TABLE"])
rejects = SqsRejects(boto3.client("sqs", config=CLIENT_CONFIG), os.environ["BROADCAST_DLQ_URL"])
broadcaster = Broadcaster(topic, rejects, Makes(store))
patience = Patience(timedelta(seconds=int(os.environ["PATIENCE_SECONDS"])), utc_now, rejects, logger)


@logger.inject_lambda_context
def handler(event: dict[str, Any], _: LambdaContext) -> None:
    """Publish what a stream event holds; whatever is raised has the whole batch delivered again, bisected."""
    patience.process(event["Records"], publish)


def publish(records: Records) -> None:
    """Publish the events of commits, and dead-letter what is no commit."""
    commits = list(read_stream(records, rejects))
    broadcaster.broadcast(commits)
    logger.info("published", extra={"commits": len(commits)})
