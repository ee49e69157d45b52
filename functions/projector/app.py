"""Commits from the events table's stream, put into the view."""

from trigger_pattern.aws.starting import started

import os
from datetime import timedelta
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from resources import resource_named
from trigger_pattern.application.clock import utc_now
from trigger_pattern.application.projecting import Projector
from trigger_pattern.aws import clients
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.overdue import Patience, Records
from trigger_pattern.aws.dynamodb.refolding import Refolder
from trigger_pattern.aws.dynamodb.stream import decoded, read_stream
from trigger_pattern.aws.dynamodb.view import DynamoDbView
from trigger_pattern.aws.messaging.projector_retries import ProjectorRetries
from trigger_pattern.aws.messaging.sqs import SqsRejects
from trigger_pattern.definition.life import root_of

logger = Logger()
resource = resource_named(os.environ["RESOURCE"])
dynamodb = clients.dynamodb()
sqs = clients.sqs(on_first_use=True)
store = DynamoDbEventStore(resource, dynamodb, os.environ["EVENTS_TABLE"])
view = DynamoDbView(resource, dynamodb, os.environ["VIEW_TABLE"])
rejects = SqsRejects(resource, sqs, os.environ["PROJECTOR_DLQ_URL"])
later = SqsRejects(resource, sqs, os.environ["PROJECTOR_RETRY_QUEUE_URL"])
projector = Projector(view, Refolder(root_of(resource), store))
patience = Patience(resource, timedelta(seconds=int(os.environ["PATIENCE_SECONDS"])), utc_now, rejects, logger)
retries = ProjectorRetries(store, projector, rejects, logger)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' own type
    """Project the commits of a stream event, or the resources of an SQS event; return its messages to be retried.

    After any exception for a stream event, the batch is delivered again, bisected.
    """
    if event["Records"][0]["eventSource"] == "aws:sqs":
        return retries.process(event, context)
    patience.process(event["Records"], project)
    return None


def project(records: Records) -> None:
    """Put each resource's newest commit into the view; dead-letter records that are no commits, retry newer code's."""
    commits = decoded(resource, read_stream(resource, records, rejects), rejects, later)
    logger.info("projected", extra={"resources": projector.project_all(commits, rejects, later)})


started()
