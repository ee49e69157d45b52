from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.support.aws import Aws, parameters_of
from tests.support.cars import CAR_ID, NOW
from tests.support.commits import command_id
from tests.support.template import properties
from trigger_pattern.application.outcomes import MESSAGE_LIFETIME, RecordedOutcome, Status
from trigger_pattern.aws.dynamodb.attributes import read_item
from trigger_pattern.aws.dynamodb.outcomes import DynamoDbOutcomes
from trigger_pattern.kernel import Refusal

REFUSED = RecordedOutcome(
    command_id=command_id(1),
    aggregate_id=CAR_ID,
    status=Status.REFUSED,
    reasons=(Refusal("car-deleted", "Gone."), Refusal("invalid-value", "Expected ü.", "/color")),
    decided_at=NOW + timedelta(milliseconds=7),
)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("reasons", [(), REFUSED.reasons], ids=["without reasons", "with reasons"])
@pytest.mark.parametrize("invalid", [False, True])
def test_an_outcome_is_found_as_it_was_recorded(
    outcomes: DynamoDbOutcomes, status: Status, reasons: tuple[Refusal, ...], *, invalid: bool
) -> None:
    outcome = replace(REFUSED, status=status, reasons=reasons, invalid=invalid)
    outcomes.record(outcome)
    assert outcomes.find(outcome.command_id) == outcome


def test_what_newer_code_adds_to_a_reason_is_passed_over(aws: Aws, outcomes: DynamoDbOutcomes) -> None:
    outcomes.record(REFUSED)
    item: Any = aws.dynamodb.scan(TableName=outcomes.table)["Items"][0]
    item["reasons"]["L"][0]["M"]["severity"] = {"S": "high"}
    aws.dynamodb.put_item(TableName=outcomes.table, Item=item)
    assert outcomes.find(REFUSED.command_id) == REFUSED


def test_a_command_without_an_outcome_has_none(outcomes: DynamoDbOutcomes) -> None:
    assert outcomes.find(command_id(2)) is None


def test_an_outcome_is_found_as_soon_as_it_was_recorded(aws: Aws, outcomes: DynamoDbOutcomes) -> None:
    with parameters_of(aws.dynamodb) as asked:
        outcomes.find(REFUSED.command_id)
    assert [params["ConsistentRead"] for params in asked] == [True]


@pytest.mark.parametrize("status", [Status.REFUSED, Status.UNCHANGED])
def test_the_first_outcome_stands(outcomes: DynamoDbOutcomes, status: Status) -> None:
    first = replace(REFUSED, status=status)
    outcomes.record(first)
    outcomes.record(replace(REFUSED, status=Status.FAILED, reasons=()))
    outcomes.record(replace(REFUSED, reasons=()))
    assert outcomes.find(REFUSED.command_id) == first


def test_what_was_set_aside_may_come_back(outcomes: DynamoDbOutcomes) -> None:
    outcomes.record(replace(REFUSED, status=Status.FAILED, reasons=()))
    outcomes.record(REFUSED)
    assert outcomes.find(REFUSED.command_id) == REFUSED


def test_what_changed_nothing_keeps_the_version_that_it_found(outcomes: DynamoDbOutcomes) -> None:
    unchanged = replace(REFUSED, status=Status.UNCHANGED, reasons=(), version=7)
    outcomes.record(unchanged)
    assert outcomes.find(unchanged.command_id) == unchanged


def test_an_outcome_expires_by_itself_30_days_after_it_was_decided(aws: Aws, outcomes: DynamoDbOutcomes) -> None:
    """In seconds since 1970: DynamoDB never deletes an item whose time is in milliseconds."""
    outcomes.record(REFUSED)
    (item,) = aws.dynamodb.scan(TableName=outcomes.table)["Items"]
    assert read_item(item)["expiresAt"] == int((NOW + timedelta(days=30)).timestamp())


def test_an_outcome_is_kept_for_longer_than_its_command_can_be_waiting_anywhere() -> None:
    waiting = [properties(queue)["MessageRetentionPeriod"] for queue in ("CarCommandsQueue", "CarCommandsDlq")]
    assert timedelta(seconds=sum(waiting)) == MESSAGE_LIFETIME
    assert timedelta(days=30) > MESSAGE_LIFETIME
