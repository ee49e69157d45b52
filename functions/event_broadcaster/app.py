"""Commits from the events table's stream, published event by event to the topic."""

from trigger_pattern.aws.starting import started

import os
from datetime import timedelta
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from resources import resource_named
from trigger_pattern.application.clock import utc_now
from trigger_pattern.application.publishing import Broadcaster
from trigger_pattern.aws import clients
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.filters import Filters
from trigger_pattern.aws.dynamodb.overdue import Patience, Records
from trigger_pattern.aws.dynamodb.stream import read_stream
from trigger_pattern.aws.messaging.sns import SnsTopic
from trigger_pattern.aws.messaging.sqs import SqsRejects

logger = Logger()
resource = resource_named(os.environ["RESOURCE"])
topic = SnsTopic(
    resource,
    clients.sns(),
    os.environ["EVENTS_TOPIC_ARN"],
    os.environ["EVENT_SOURCE"],
    fifo=os.environ["EVENTS_TOPIC_TYPE"] == "fifo",
)
store = DynamoDbEventStore(resource, clients.dynamodb(on_first_use=True), os.environ["EVENTS_TABLE"])
rejects = SqsRejects(resource, clients.sqs(on_first_use=True), os.environ["BROADCAST_DLQ_URL"])
broadcaster = Broadcaster(resource, topic, rejects, Filters(resource, store))
patience = Patience(resource, timedelta(seconds=int(os.environ["PATIENCE_SECONDS"])), utc_now, rejects, logger)


@logger.inject_lambda_context
def handler(event: dict[str, Any], _: LambdaContext) -> None:
    """Publish the commits of a stream event. After any exception, the batch is delivered again, bisected."""
    patience.process(event["Records"], publish)


def publish(records: Records) -> None:
    """Publish the events of commits, and dead-letter records that are no commits."""
    commits = list(read_stream(resource, records, rejects))
    broadcaster.broadcast(commits)
    logger.info("published", extra={"commits": len(commits)})


started()
