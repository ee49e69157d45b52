"""POST, PUT and DELETE from API Gateway: validated, and sent to the queue as commands."""

import os
import secrets
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from cars.adapters.aws import CLIENT_CONFIG
from cars.adapters.clock import utc_now
from cars.adapters.http.command_api import command_api
from cars.adapters.messaging.sqs import SqsCommandQueue
from cars.application.submitting import CommandSubmitter

logger = Logger()
sqs = boto3.client("sqs", config=CLIENT_CONFIG)
queue = SqsCommandQueue(sqs, os.environ["COMMANDS_QUEUE_URL"])
app = command_api(CommandSubmitter(queue, utc_now, secrets.randbits), logger)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer an HTTP API event (payload format 2.0)."""
    return app.resolve(event, context)
