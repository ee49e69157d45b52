"""AWS in memory, new for each test."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from cars.adapters.dynamodb.event_store import DynamoDbEventStore
from cars.adapters.dynamodb.outcomes import DynamoDbOutcomes
from tests.support.aws import ENVIRONMENT, Aws, make_clients


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
    return DynamoDbEventStore(aws.dynamodb, aws.create_table("EventsTable"))


@pytest.fixture
def outcomes(aws: Aws) -> DynamoDbOutcomes:
    return DynamoDbOutcomes(aws.dynamodb, aws.create_table("CommandOutcomesTable"))
