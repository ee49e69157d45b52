"""What such a function usually is: Powertools with logger, tracer, metrics and validating resolver, pydantic, boto3."""

from typing import Any

import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel, Field


class Car(BaseModel):
    """A car."""

    make: str = Field(max_length=40)
    model: str = Field(max_length=40)
    mileage: int = Field(ge=0)


logger, metrics = Logger(service="usual"), Metrics(service="usual", namespace="usual")
tracer = Tracer(service="usual", auto_patch=False)
dynamodb = boto3.client("dynamodb")
app = APIGatewayHttpResolver(enable_validation=True)


@app.post("/cars")
def create(car: Car) -> dict[str, str]:
    """Put a car."""
    dynamodb.put_item(TableName="cars", Item={"make": {"S": car.make}})
    return {"make": car.make}


@logger.inject_lambda_context
@tracer.capture_lambda_handler
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer an HTTP API event."""
    return app.resolve(event, context)
