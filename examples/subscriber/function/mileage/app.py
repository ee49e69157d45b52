"""The function: it puts the parts together, configured by its environment."""

import os
import random
import time
from typing import Any

import boto3
from botocore.config import Config

from mileage.batch import handle_in_order
from mileage.consumer import Consumer
from mileage.events import read_message
from mileage.registry import Registry
from mileage.store import DynamoDbStore


def pause(attempt: int) -> None:
    """Wait a random while, longer after each attempt, so that writers that collided do not collide again."""
    time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 - jitter, not a secret


session = boto3.Session()
config = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 3})
consumer = Consumer(
    store=DynamoDbStore(
        session.client("dynamodb", config=config), os.environ["CARS_TABLE"], os.environ["OWNERS_TABLE"]
    ),
    log=Registry(os.environ["API_URL"], session),
    pause=pause,
)


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Handle an SQS event, and return the messages to be delivered again."""
    return handle_in_order(event["Records"], lambda body: consumer.take(read_message(body)))
