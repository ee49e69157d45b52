"""GET from API Gateway: a resource, its events, a command's outcome, lists, descriptions; and what fits no route."""

from trigger_pattern.aws.starting import started

import os
from pathlib import Path
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from resources import RESOURCES
from trigger_pattern.application.clock import utc_now
from trigger_pattern.application.querying import Queries
from trigger_pattern.application.tracking import CommandTracker
from trigger_pattern.aws import clients
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.index import DynamoDbIndex
from trigger_pattern.aws.dynamodb.outcomes import DynamoDbOutcomes
from trigger_pattern.definition.life import root_of
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.http.api import Api
from trigger_pattern.http.docs import Docs
from trigger_pattern.http.event_docs import EventDocs, EventSchemas
from trigger_pattern.http.installation import Installation
from trigger_pattern.http.reads import Reads

logger = Logger()
dynamodb = clients.dynamodb()
HERE = Path(__file__).parent


def reads(resource: AnyResource) -> Reads:
    """Return the read side of one resource, over its own tables."""
    store = DynamoDbEventStore(resource, dynamodb, place(resource, "EventsTable"))
    outcomes = DynamoDbOutcomes(resource, dynamodb, place(resource, "OutcomesTable"))
    return Reads(
        resource,
        Queries(resource, root_of(resource), store),
        CommandTracker(store, outcomes, utc_now),
        DynamoDbIndex(resource, dynamodb, place(resource, "ViewTable")),
        resource.source + os.environ["STACK_NAME"],
    )


def place(resource: AnyResource, name: str) -> str:
    """Return the name of a resource's table."""
    return os.environ[f"{resource.kind}{name}"]


installation = Installation(os.environ["AUTHORIZATION"], os.environ["API_ENDPOINT"])
api = Api(
    os.environ["POWERTOOLS_SERVICE_NAME"],
    {
        resource.plural: {
            **reads(resource).routes(),
            **EventSchemas(resource, HERE / "schemas" / resource.plural).routes(),
        }
        for resource in RESOURCES
    },
    logger,
    {**Docs(HERE / "openapi.json", installation).routes(), **EventDocs(HERE / "asyncapi.yaml").routes()},
)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer an HTTP API event (payload format 2.0)."""
    return api.resolve(event, context)


started()
