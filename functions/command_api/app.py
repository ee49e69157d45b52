"""POST, PUT, PATCH and DELETE from API Gateway: validated, and sent to the queue as commands."""

import os
import secrets
import time
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from cars.adapters.aws import CLIENT_CONFIG, READER_CONFIG
from cars.adapters.clock import utc_now
from cars.adapters.dynamodb.event_store import DynamoDbEventStore
from cars.adapters.dynamodb.outcomes import DynamoDbOutcomes
from cars.adapters.dynamodb.stuck_cars import DynamoDbStuckCars
from cars.adapters.dynamodb.tickets import DynamoDbTickets
from cars.adapters.dynamodb.traces import DynamoDbTraces
from cars.adapters.http.command_api import command_api
from cars.adapters.http.writes import Writes
from cars.adapters.messaging.sqs import SqsCommandQueue
from cars.application.backlog import Backlog
from cars.application.querying import CarQueries
from cars.application.submitting import CommandSubmitter
from cars.application.tracking import CommandTracker
from cars.application.waiting import CommandWaiter
from cars.domain.root import car_root

logger = Logger()
sqs = boto3.client("sqs", config=CLIENT_CONFIG)
dynamodb = boto3.client("dynamodb", config=CLIENT_CONFIG)
reader = boto3.client("dynamodb", config=READER_CONFIG)
store = DynamoDbEventStore(reader, os.environ["EVENTS_TABLE"])
outcomes = DynamoDbOutcomes(reader, os.environ["OUTCOMES_TABLE"])
tracker = CommandTracker(store, outcomes, utc_now)
traces = DynamoDbTraces(reader, os.environ["EVENTS_TABLE"], os.environ["OUTCOMES_TABLE"])
waiter = CommandWaiter(store, traces, time.monotonic, time.sleep)
queue = SqsCommandQueue(sqs, os.environ["COMMANDS_QUEUE_URL"])
tickets = DynamoDbTickets(dynamodb, os.environ["TICKETS_TABLE"], utc_now)
stuck = DynamoDbStuckCars(reader, os.environ["OUTCOMES_TABLE"], utc_now)
backlog = Backlog(queue, stuck, secrets.randbits, logger.exception)
submitter = CommandSubmitter(queue, backlog, tickets, tracker, utc_now, secrets.randbits, logger.exception)
longest_wait = int(os.environ["LONGEST_WAIT_SECONDS"])
app = command_api(Writes(submitter, waiter, CarQueries(car_root(utc_now), store), logger, longest_wait), logger)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer an HTTP API event (payload format 2.0)."""
    return app.resolve(event, context)
