"""Commits from the events table's stream, published event by event to the topic."""

import os
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from cars.adapters.aws import CLIENT_CONFIG
from cars.adapters.dynamodb.stream import read_commits
from cars.adapters.messaging.sns import SnsTopic
from cars.adapters.messaging.sqs import SqsRejects
from cars.application.publishing import Broadcaster

logger = Logger()
topic = SnsTopic(boto3.client("sns", config=CLIENT_CONFIG), os.environ["EVENTS_TOPIC_ARN"], os.environ["EVENT_SOURCE"])
rejects = SqsRejects(boto3.client("sqs", config=CLIENT_CONFIG), os.environ["BROADCAST_DLQ_URL"])
broadcaster = Broadcaster(topic, rejects)


@logger.inject_lambda_context
def handler(event: dict[str, Any], _: LambdaContext) -> None:
    """Publish what a stream event holds; whatever is raised has the whole batch delivered again, bisected."""
    commits = list(read_commits(event["Records"], rejects))
    broadcaster.broadcast(commits)
    logger.info("published", extra={"commits": len(commits)})
