"""The report's tables as the example's template has them, in AWS in memory, new for each test."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from mileage.store import DynamoDbStore
from tests.support.aws import ENVIRONMENT

TEMPLATE = Path(__file__).parents[2] / "examples" / "subscriber" / "template.yaml"
_cfn_yaml: Any = import_module("cfnlint.decode.cfn_yaml")  # cfn-lint has no types


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoDbStore]:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    resources = _cfn_yaml.load(str(TEMPLATE))["Resources"]
    with mock_aws():
        store = DynamoDbStore(boto3.client("dynamodb"), "CarsTable", "OwnersTable")
        for name in (store.cars_table, store.owners_table):
            wanted = {key: resources[name]["Properties"][key] for key in ("AttributeDefinitions", "KeySchema")}
            store.client.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", **wanted)
        yield store
