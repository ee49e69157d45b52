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
from cars.adapters.dynamodb.stream import read_commits
from cars.adapters.messaging.sqs import SqsRejects
from cars.application.projecting import Projector
from cars.domain.root import car_root

logger = Logger()
dynamodb = boto3.client("dynamodb", config=CLIENT_CONFIG)
store = DynamoDbEventStore(dynamodb, os.environ["EVENTS_TABLE"])
view = DynamoDbCarsView(dynamodb, os.environ["CARS_VIEW_TABLE"])
rejects = SqsRejects(boto3.client("sqs", config=CLIENT_CONFIG), os.environ["PROJECTOR_DLQ_URL"])
projector = Projector(view, Refolder(car_root(utc_now), store))
patience = Patience(timedelta(seconds=int(os.environ["PATIENCE_SECONDS"])), utc_now, rejects, logger)


@logger.inject_lambda_context
def handler(event: dict[str, Any], _: LambdaContext) -> None:
    """Project what a stream event holds; whatever is raised has the whole batch delivered again, bisected."""
    patience.process(event["Records"], project)


def project(records: Records) -> None:
    """Put the newest of each car's commits into the view, and set aside what is no commit."""
    cars = projector.project_all(read_commits(records, rejects), rejects)
    logger.info("projected", extra={"cars": cars})
