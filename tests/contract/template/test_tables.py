"""What each table holds, how it is protected, and what happens to it when the stack goes."""

from typing import Any

import pytest

from tests.contract.template.stacks import DEPLOYED, ENVIRONMENTS, of_type, properties_of

RETAINED = {"CarEventsTable", "CarOutcomesTable", "CarViewTable"}
"""These outlive the stack, are recoverable to a point in time, and are protected from deletion."""
KEYS = {
    "CarEventsTable": [("carId", "S", "HASH"), ("version", "N", "RANGE")],
    "CarOutcomesTable": [("commandId", "S", "HASH")],
    "CarTicketsTable": [("key", "S", "HASH")],
    "CarViewTable": [("carId", "S", "HASH")],
}
EXPIRES = {"CarOutcomesTable": "expiresAt", "CarTicketsTable": "expiresAt"}
"""The attribute by which DynamoDB deletes an item, in seconds since 1970."""
STREAMS = {"CarEventsTable": "NEW_IMAGE"}
INDEXES = {
    "byOwner": [("owner", "S", "HASH"), ("carId", "S", "RANGE")],
    "byVin": [("vin", "S", "HASH"), ("carId", "S", "RANGE")],
    "byModelColor": [("makeModel", "S", "HASH"), ("colorCarId", "S", "RANGE")],
    "byModelCondition": [("makeModel", "S", "HASH"), ("conditionCarId", "S", "RANGE")],
}
"""The cars view's: a list is answered from one index, whole."""

Properties = dict[str, Any]


def _tables(environment: str) -> dict[str, Properties]:
    return properties_of("AWS::DynamoDB::Table", **ENVIRONMENTS[environment])


def _keys(table: Properties, schema: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    types = {defined["AttributeName"]: defined["AttributeType"] for defined in table["AttributeDefinitions"]}
    return [(key["AttributeName"], types[key["AttributeName"]], key["KeyType"]) for key in schema]


def test_tables_have_these_keys() -> None:
    assert {name: _keys(table, table["KeySchema"]) for name, table in _tables("prod").items()} == KEYS


def test_the_cars_view_alone_has_indexes() -> None:
    tables = _tables("prod")
    view = tables.pop("CarViewTable")
    indexes = view["GlobalSecondaryIndexes"]
    assert {index["IndexName"]: _keys(view, index["KeySchema"]) for index in indexes} == INDEXES
    assert {index["Projection"]["ProjectionType"] for index in indexes} == {"KEYS_ONLY"}
    assert not [name for name, table in tables.items() if "GlobalSecondaryIndexes" in table]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_table_is_encrypted_with_a_key_of_the_account_and_paid_by_request(environment: str) -> None:
    for name, table in _tables(environment).items():
        assert table["SSESpecification"] == {"SSEEnabled": True}, name
        assert table["BillingMode"] == "PAY_PER_REQUEST", name


@pytest.mark.parametrize("environment", DEPLOYED)
def test_what_is_retained_can_be_recovered_and_not_be_deleted(environment: str) -> None:
    for name, table in _tables(environment).items():
        recoverable = table.get("PointInTimeRecoverySpecification", {}).get("PointInTimeRecoveryEnabled", False)
        protected = table.get("DeletionProtectionEnabled", False)
        assert (recoverable, protected) == ((name in RETAINED,) * 2), name


def test_a_local_stack_can_be_deleted() -> None:
    assert not [name for name, table in _tables("local").items() if table.get("DeletionProtectionEnabled")]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_all_tables_outlive_the_stack_but_the_tickets(environment: str) -> None:
    tables = of_type("AWS::DynamoDB::Table", **ENVIRONMENTS[environment])
    policies = {name: (table["DeletionPolicy"], table["UpdateReplacePolicy"]) for name, table in tables.items()}
    assert policies == {name: (("Retain",) if name in RETAINED else ("Delete",)) * 2 for name in KEYS}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_these_tables_forget_by_themselves_and_no_others(environment: str) -> None:
    expiries = {
        name: table["TimeToLiveSpecification"]
        for name, table in _tables(environment).items()
        if "TimeToLiveSpecification" in table
    }
    assert expiries == {name: {"AttributeName": attribute, "Enabled": True} for name, attribute in EXPIRES.items()}


def test_the_events_table_alone_has_a_stream() -> None:
    streams = {
        name: table.get("StreamSpecification", {}).get("StreamViewType") for name, table in _tables("prod").items()
    }
    assert {name: view for name, view in streams.items() if view} == STREAMS
