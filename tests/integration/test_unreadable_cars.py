"""What can still be answered about a car of which a commit, or a part of one, cannot be read."""

from typing import Any

import pytest
from moto import mock_aws

from resources.cars import CARS
from tests.contract.stored_commits import CHANGING, STANDING
from tests.support.aws import Aws
from tests.support.cars import NOW
from tests.support.commits import another_car, command_id
from tests.support.deployed import Deployed, load
from tests.support.functions import Functions
from tests.support.http import Answer
from trigger_pattern.application.outcomes import RecordedOutcome, Status
from trigger_pattern.aws.dynamodb.outcomes import DynamoDbOutcomes
from trigger_pattern.kernel import Refusal

CAR = CHANGING.car_id
FAILED = RecordedOutcome(command_id(7), CAR, Status.FAILED, (Refusal("failed", "It failed."),), NOW)
EVENT: dict[str, Any] = {"type": {"S": "Repainted"}, "schemaVersion": {"N": "1"}, "data": {"M": {}}}
UNREADABLE: dict[str, dict[str, Any]] = {
    "no events": {"events": {"L": []}},
    "an event that is none": {"events": {"L": [{"M": {**EVENT, "type": {"S": "Created"}}}]}},
    "an event of newer code": {"events": {"L": [{"M": EVENT}]}},
    "a time outside of all years": {"occurredAt": {"S": "0001-01-01T00:00:00+23:59"}},
    "a number of 40 digits": {"foldVersion": {"N": "1" * 40}},
}


@pytest.fixture(scope="module")
def functions(clients: Aws) -> Functions:
    with mock_aws():
        return load(clients.create_stack())


@pytest.fixture(params=UNREADABLE.values(), ids=list(UNREADABLE))
def deployed(aws: Aws, functions: Functions, request: pytest.FixtureRequest) -> Deployed:
    """The system, with a car whose newest commit cannot be read, and with another one that can."""
    deployed = Deployed.on(aws, functions)
    *earlier, newest = CHANGING.items
    deployed.put(*STANDING.items, *earlier, {**newest, **request.param})
    return deployed


def record(deployed: Deployed, outcome: RecordedOutcome) -> None:
    DynamoDbOutcomes(CARS, deployed.aws.dynamodb, deployed.resources["CarOutcomesTable"]).record(outcome)


def status(deployed: Deployed, command: str, car_id: object = CAR) -> Answer:
    return deployed.get(f"/cars/{car_id}/commands/{command}")


def test_the_stored_outcome_of_a_failed_command_is_told(deployed: Deployed) -> None:
    record(deployed, FAILED)
    answer = status(deployed, FAILED.command_id)
    assert (answer.status, answer.body["status"]) == (200, "failed")


def test_another_cars_outcome_is_told_to_nobody(deployed: Deployed) -> None:
    record(deployed, FAILED)
    assert status(deployed, FAILED.command_id, STANDING.car_id).status == 404


def test_other_cars_are_read(deployed: Deployed) -> None:
    assert deployed.get(f"/cars/{STANDING.car_id}").status == 200
    assert deployed.get(f"/cars/{another_car(9)}").status == 404


@pytest.mark.parametrize("deployed", [UNREADABLE["a time outside of all years"]], indirect=True)
def test_nobody_knows_what_became_of_a_command_that_the_unreadable_commit_may_be_of(deployed: Deployed) -> None:
    assert status(deployed, FAILED.command_id).status == 500


@pytest.mark.parametrize(
    "deployed", [UNREADABLE["an event that is none"], UNREADABLE["an event of newer code"]], indirect=True
)
def test_a_command_whose_commits_events_cannot_be_read_succeeded(deployed: Deployed) -> None:
    for item in CHANGING.items:
        answer = status(deployed, item["commandId"]["S"])
        assert (answer.status, answer.body["status"]) == (200, "succeeded")
