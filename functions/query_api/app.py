"""GET from API Gateway: a car, its events, a command's outcome, lists of cars; and whatever fits no route."""

import os
from pathlib import Path
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from cars.adapters.aws import CLIENT_CONFIG
from cars.adapters.clock import utc_now
from cars.adapters.dynamodb.cars_index import DynamoDbCarsIndex
from cars.adapters.dynamodb.event_store import DynamoDbEventStore
from cars.adapters.dynamodb.outcomes import DynamoDbOutcomes
from cars.adapters.http.cars_list import add_cars_list
from cars.adapters.http.docs_routes import add_docs_routes
from cars.adapters.http.query_api import query_api
from cars.application.querying import CarQueries
from cars.application.tracking import CommandTracker
from cars.domain.root import car_root

logger = Logger()
dynamodb = boto3.client("dynamodb", config=CLIENT_CONFIG)
store = DynamoDbEventStore(dynamodb, os.environ["EVENTS_TABLE"])
outcomes = DynamoDbOutcomes(dynamodb, os.environ["OUTCOMES_TABLE"])
tracker = CommandTracker(store, outcomes, utc_now)
app = query_api(CarQueries(car_root(utc_now), store), tracker, logger)
add_cars_list(app, DynamoDbCarsIndex(dynamodb, os.environ["CARS_VIEW_TABLE"]))
add_docs_routes(app, Path(__file__).with_name("openapi.json"))


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer an HTTP API event (payload format 2.0)."""
    return app.resolve(event, context)
