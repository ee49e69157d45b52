"""No line of a log has a value of a representation in it: neither a car's owner nor its VIN."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest

from tests.contract.deployed import QUEUES, RETRIES, TABLES
from tests.support.aws import Aws, sqs_event, stream_record
from tests.support.cars import CAR_ID, representation
from tests.support.functions import Functions, load_functions
from tests.support.http import request
from tests.support.logs import log_of_functions
from tests.support.messages import create, message, sqs_record

FUNCTIONS = ("CommandApi", "QueryApi", "CarCommandHandler", "CarEventBroadcaster", "CarProjector")
OWNER, VIN, MILEAGE = "5ec2e700-0000-4000-8000-00000000cafe", "5ECRETVN4E9225619", 7_654_321
SECRETS: dict[str, Any] = {"owner": OWNER, "vin": VIN, "mileage": MILEAGE}
"""Values that are nowhere else."""
CAR = f"/cars/{CAR_ID}"


@pytest.fixture
def functions(aws: Aws) -> Functions:
    made = {name: aws.create_queue(name) for name in (*QUEUES, RETRIES)}
    made |= {name: aws.create_table(name) for name in (*TABLES, "CarTicketsTable")}
    return load_functions({**made, "CarEventsTopic": aws.create_topic("CarEventsTopic")}, *FUNCTIONS)


@pytest.fixture
def log(functions: Functions) -> Iterator[StringIO]:
    with log_of_functions() as log:
        yield log


def _has_no_secret(log: StringIO) -> None:
    lines = log.getvalue().splitlines()
    assert lines
    assert [line for line in lines for secret in (OWNER, VIN, str(MILEAGE)) if secret in line] == []


def _items(aws: Aws) -> list[dict[str, Any]]:
    return [dict(item) for item in aws.dynamodb.scan(TableName="CarEventsTable")["Items"]]


def test_a_write_that_cannot_be_accepted_is_logged_without_its_values(
    aws: Aws, functions: Functions, log: StringIO
) -> None:
    aws.sqs.delete_queue(QueueUrl=aws.sqs.get_queue_url(QueueName="CarCommandsQueue.fifo")["QueueUrl"])
    body = representation(**SECRETS)
    for sent in (request("POST", "/cars", body=body), request("PUT", CAR, body=body)):
        assert functions.invoke("CommandApi", sent)["statusCode"] == 503
    _has_no_secret(log)


def test_what_becomes_of_a_command_is_logged_without_its_values(aws: Aws, functions: Functions, log: StringIO) -> None:
    functions.invoke("CarCommandHandler", sqs_event(message(1, create(**SECRETS)), message(2, create(**SECRETS))))
    event = {"Records": [stream_record(item) for item in _items(aws)]}
    functions.invoke("CarEventBroadcaster", event)
    functions.invoke("CarProjector", event)
    assert len(log.getvalue().splitlines()) >= 4
    _has_no_secret(log)


@pytest.mark.parametrize(
    "body",
    [
        {"type": "CreateCar", **SECRETS},
        {**json.loads(message(1, create(**SECRETS))["body"]), "commandId": VIN},
        {**json.loads(message(1, create(**SECRETS))["body"]), "carId": OWNER, "issuedAt": VIN},
    ],
)
def test_a_message_that_is_no_command_is_logged_without_its_values(
    functions: Functions, log: StringIO, body: dict[str, Any]
) -> None:
    functions.invoke("CarCommandHandler", sqs_event(sqs_record(json.dumps(body))))
    _has_no_secret(log)


def test_a_command_that_fails_is_logged_without_its_values(aws: Aws, functions: Functions, log: StringIO) -> None:
    aws.dynamodb.delete_table(TableName="CarEventsTable")
    functions.invoke("CarCommandHandler", sqs_event(message(1, create(**SECRETS))))
    _has_no_secret(log)


@pytest.mark.parametrize("path", [CAR, f"{CAR}/events", f"/cars?owner={OWNER}", f"/cars?vin={VIN}"])
def test_a_read_that_fails_is_logged_without_its_values(
    aws: Aws, functions: Functions, log: StringIO, path: str
) -> None:
    for table in TABLES:
        aws.dynamodb.delete_table(TableName=table)
    path, _, query = path.partition("?")
    assert functions.invoke("QueryApi", request("GET", path, query=query))["statusCode"] >= 500
    _has_no_secret(log)


@pytest.mark.parametrize("path", [CAR, f"{CAR}/events", f"/cars?owner={OWNER}"])
def test_a_read_logs_nothing_of_the_car(functions: Functions, log: StringIO, path: str) -> None:
    functions.invoke("CarCommandHandler", sqs_event(message(1, create(**SECRETS))))
    path, _, query = path.partition("?")
    assert functions.invoke("QueryApi", request("GET", path, query=query))["statusCode"] == 200
    _has_no_secret(log)
