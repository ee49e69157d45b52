"""AWS in memory, new for each test."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from resources.cars import CARS
from tests.support.aws import ENVIRONMENT, Aws, make_clients
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.outcomes import DynamoDbOutcomes


@pytest.fixture(scope="session")
def clients() -> Iterator[Aws]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        patch.delenv("AWS_PROFILE", raising=False)
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)
        yield make_clients()


@pytest.fixture
def aws(clients: Aws) -> Iterator[Aws]:
    with mock_aws():
        yield clients


@pytest.fixture
def store(aws: Aws) -> DynamoDbEventStore:
    return DynamoDbEventStore(CARS, aws.dynamodb, aws.create_table("CarEventsTable"))


@pytest.fixture
def outcomes(aws: Aws) -> DynamoDbOutcomes:
    return DynamoDbOutcomes(CARS, aws.dynamodb, aws.create_table("CarOutcomesTable"))
