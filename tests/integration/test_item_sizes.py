"""A usual commit costs one write unit, and loading a car one read unit: by AWS's rules, on the items really written."""

from dataclasses import replace
from typing import Any

import pytest

from resources.cars import (
    Color,
    ColorChanged,
    Condition,
    ConditionChanged,
    Deleted,
    Make,
    MileageChanged,
    Model,
    OwnerChanged,
)
from tests.support.aws import Aws
from tests.support.cars import ANOTHER_OWNER, car_created
from tests.support.commits import commits_of
from tests.support.dynamodb_size import item_size, read_units, write_units
from trigger_pattern.application.commits import DecodedCommit
from trigger_pattern.application.submitting import MAX_ACTOR, MAX_CORRELATION_ID
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.kernel import Position

FOUR_CHANGES = (
    ColorChanged(Color.WHITE),
    MileageChanged(9_999_999),
    OwnerChanged(ANOTHER_OWNER),
    ConditionChanged(Condition.EXCELLENT),
)
CREATION, ONE, FOUR, DELETION = commits_of(
    [car_created(make=Make.FORD, model=Model.ESCAPE)], [ColorChanged(Color.BLACK)], FOUR_CHANGES, [Deleted()]
)
COMMITS = pytest.mark.parametrize(
    "commit", [CREATION, ONE, FOUR, DELETION], ids=["creation", "1 event", "4 events", "deletion"]
)


def written(aws: Aws, store: DynamoDbEventStore, commit: DecodedCommit) -> dict[str, Any]:
    """Write a commit; return the item as the table has it."""
    assert store.try_append(commit)
    key = {"carId": {"S": commit.aggregate_id}, "version": {"N": str(commit.version)}}
    return dict(aws.dynamodb.get_item(TableName=store.table, Key=key).get("Item", {}))


FAR = {"version": 999_999_999, "position": Position(CREATION.position.queue, 2**128 - 1)}
LONG = {"actor": "x" * MAX_ACTOR, "correlation_id": "x" * MAX_CORRELATION_ID}


@COMMITS
@pytest.mark.parametrize("changes", [{}, FAR, LONG], ids=["usual", "far into a history", "of the longest texts"])
def test_a_commit_is_one_write_unit_and_one_read_unit(
    aws: Aws, store: DynamoDbEventStore, commit: DecodedCommit, changes: dict[str, Any]
) -> None:
    size = item_size(written(aws, store, replace(commit, **changes)))
    assert (write_units(size), read_units(size)) == (1, 1), f"{size} bytes"


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"S": ""}, 0),
        ({"S": "good"}, 4),
        ({"S": "ü"}, 2),
        ({"N": "0"}, 1),
        ({"N": "7"}, 2),
        ({"N": "42"}, 2),
        ({"N": "420"}, 2),
        ({"N": "123"}, 3),
        ({"N": "-42"}, 3),
        ({"N": "0.5"}, 2),
        ({"BOOL": False}, 1),
        ({"NULL": True}, 1),
        ({"B": b"abc"}, 3),
        ({"L": []}, 3),
        ({"L": [{"S": "ab"}, {"BOOL": True}]}, 3 + 1 + 2 + 1 + 1),
        ({"M": {}}, 3),
        ({"M": {"a": {"S": "bc"}}}, 3 + 1 + 1 + 2),
        ({"SS": ["a", "bc"]}, 3),
    ],
)
def test_the_documented_rules(value: dict[str, Any], size: int) -> None:
    assert item_size({"name": value}) == len("name") + size


@pytest.mark.parametrize(
    ("size", "reads", "writes"), [(0, 1, 1), (1024, 1, 1), (1025, 1, 2), (4096, 1, 4), (4097, 2, 5)]
)
def test_units_are_rounded_up(size: int, reads: int, writes: int) -> None:
    assert (read_units(size), write_units(size)) == (reads, writes)
