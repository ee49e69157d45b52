"""POST, PUT, PATCH and DELETE from API Gateway: validated, and sent to the queue as commands."""

from trigger_pattern.aws.starting import started

import os
import secrets
import time
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from resources import RESOURCES
from trigger_pattern.application.backlog import Backlog
from trigger_pattern.application.clock import utc_now
from trigger_pattern.application.querying import Queries
from trigger_pattern.application.submitting import CommandSubmitter
from trigger_pattern.application.tracking import CommandTracker
from trigger_pattern.application.waiting import CommandWaiter
from trigger_pattern.aws import clients
from trigger_pattern.aws.clients import READER_CONFIG
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.outcomes import DynamoDbOutcomes
from trigger_pattern.aws.dynamodb.stuck import DynamoDbStuck
from trigger_pattern.aws.dynamodb.tickets import DynamoDbTickets
from trigger_pattern.aws.dynamodb.traces import DynamoDbTraces
from trigger_pattern.aws.messaging.sqs import SqsCommandQueue
from trigger_pattern.definition.life import root_of
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.http.api import Api
from trigger_pattern.http.writes import Writes

logger = Logger()
sqs = clients.sqs()
dynamodb = clients.dynamodb(on_first_use=True)
reader = clients.dynamodb(READER_CONFIG, on_first_use=True)


def writes(resource: AnyResource) -> Writes:
    """Return the write side of one resource, over its own queue and tables."""
    store = DynamoDbEventStore(resource, reader, place(resource, "EventsTable"))
    outcomes = DynamoDbOutcomes(resource, reader, place(resource, "OutcomesTable"))
    queue = SqsCommandQueue(resource, sqs, place(resource, "CommandsQueue"))
    submitter = CommandSubmitter(
        resource=resource,
        queue=queue,
        backlog=Backlog(queue, DynamoDbStuck(reader, outcomes.table, utc_now), secrets.randbits, logger.exception),
        tickets=DynamoDbTickets(resource, dynamodb, place(resource, "TicketsTable"), utc_now),
        tracker=CommandTracker(store, outcomes, utc_now),
        clock=utc_now,
        random_bits=secrets.randbits,
        warn=logger.exception,
    )
    waiter = CommandWaiter(
        store, DynamoDbTraces(resource, reader, store.table, outcomes.table), time.monotonic, time.sleep
    )
    queries = Queries(resource, root_of(resource), store)
    return Writes(resource, submitter, waiter, queries, logger, int(os.environ["LONGEST_WAIT_SECONDS"]))


def place(resource: AnyResource, name: str) -> str:
    """Return the name of a resource's table, or the URL of its queue."""
    return os.environ[f"{resource.kind}{name}"]


api = Api(
    os.environ["POWERTOOLS_SERVICE_NAME"],
    {resource.plural: writes(resource).routes() for resource in RESOURCES},
    logger,
)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer an HTTP API event (payload format 2.0)."""
    return api.resolve(event, context)


started()
