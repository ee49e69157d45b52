"""What a command costs in requests to DynamoDB, and how it ends when another writer was first."""

from typing import Any

import pytest

from resources.cars import Color, ColorChanged, MileageChanged
from tests.support.aws import Aws, parameters_of
from tests.support.batches import Handling, intruder
from tests.support.cars import ANOTHER_OWNER, car_created
from tests.support.commits import another_car
from tests.support.messages import create, message, message_id, update
from trigger_pattern.application.outcomes import Status

FOUR_CHANGES = update(color="red", mileage=15_000, owner=str(ANOTHER_OWNER), condition="poor")


@pytest.fixture
def handling(aws: Aws) -> Handling:
    """A registry with the example car."""
    handling = Handling.on(aws)
    handling.handle(message(1, create()))
    return handling


def puts(handling: Handling, *records: dict[str, Any]) -> list[str]:
    """Name the tables that a batch put items into."""
    with parameters_of(handling.aws.dynamodb) as asked:
        handling.handle(*records)
    return [parameters["TableName"] for parameters in asked if "Item" in parameters]


@pytest.mark.parametrize(
    "record",
    [message(2, create(another_car(1))), message(2, update(color="red")), message(2, FOUR_CHANGES), message(2)],
    ids=["creation", "one event", "four events", "deletion"],
)
def test_a_command_with_a_commit_is_one_query_and_one_put(handling: Handling, record: dict[str, Any]) -> None:
    with handling.requests() as requests:
        assert puts(handling, record) == ["CarEventsTable"]
    assert requests == ["Query", "PutItem"]


def test_one_of_a_request_with_a_key_is_looked_for_among_outcomes_and_in_the_last_half_hour(handling: Handling) -> None:
    with handling.requests() as requests:
        handling.handle(message(2, update(color="red"), keyed=True))
    assert requests == ["Query", "Query", "GetItem", "PutItem"]


def test_of_a_car_that_was_at_rest_for_longer_no_history_is_read(handling: Handling) -> None:
    an_hour_later = message(3600, update(color="red"), keyed=True)
    with handling.requests() as requests:
        handling.handle(an_hour_later)
    assert requests == ["Query", "GetItem", "PutItem"]


def test_a_refused_command_writes_its_outcome_and_nothing_else(handling: Handling) -> None:
    assert puts(handling, message(2, update(mileage=1))) == ["CarOutcomesTable"]
    outcome = handling.outcome(2)
    assert outcome
    assert [reason.code for reason in outcome.reasons] == ["mileage-not-greater"]


def test_a_command_that_changes_nothing_writes_its_outcome_and_nothing_else(handling: Handling) -> None:
    assert puts(handling, message(2, update())) == ["CarOutcomesTable"]
    outcome = handling.outcome(2)
    assert outcome
    assert outcome.status is Status.UNCHANGED


def test_a_duplicate_writes_nothing(handling: Handling) -> None:
    assert puts(handling, message(1, create())) == []


def test_a_lost_race_is_run_again_from_what_the_winner_left(handling: Handling) -> None:
    handling.store.intruders.append(intruder(MileageChanged(15_000)))
    assert handling.handle(message(2, update(color="red", mileage=16_000))) == []
    assert handling.events() == [
        car_created(),
        MileageChanged(15_000),
        ColorChanged(Color.RED),
        MileageChanged(16_000),
    ]
    assert handling.pauses == [1]


def test_a_race_lost_at_every_attempt_is_left_to_the_queue(handling: Handling) -> None:
    handling.store.intruders.extend([intruder(ColorChanged(Color.WHITE))] * 4)
    assert handling.handle(message(2, update(color="red"))) == [message_id(2)]
    assert handling.pauses == [1, 2, 3]
    assert handling.dead() == []
