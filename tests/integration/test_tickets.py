"""The tickets of requests with an Idempotency-Key."""

from datetime import UTC, datetime, timedelta

import pytest

from resources.cars import CARS
from tests.support.aws import Aws, requests_to
from tests.support.cars import CAR_ID, NOW
from tests.support.commits import command_id
from trigger_pattern.application.idempotency import KEY_LIFETIME, KeyReused, RequestKey, Ticket
from trigger_pattern.application.submitting import Unavailable
from trigger_pattern.aws.dynamodb.attributes import read_item
from trigger_pattern.aws.dynamodb.tickets import DynamoDbTickets

KEY = RequestKey("digest", "fingerprint")
FIRST = Ticket(CAR_ID, command_id(1), NOW)
SECOND = Ticket(CAR_ID, command_id(2), NOW + timedelta(seconds=9))


class Clock:
    def __init__(self) -> None:
        self.now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tickets(aws: Aws, clock: Clock) -> DynamoDbTickets:
    return DynamoDbTickets(CARS, aws.dynamodb, aws.create_table("CarTicketsTable"), clock)


def test_the_first_ticket_under_a_key_is_kept_for_its_retries(tickets: DynamoDbTickets) -> None:
    assert tickets.keep(KEY, FIRST) == FIRST
    assert tickets.keep(KEY, SECOND) == FIRST


def test_other_content_under_the_same_key_is_no_retry(tickets: DynamoDbTickets) -> None:
    tickets.keep(KEY, FIRST)
    assert tickets.keep(RequestKey("digest", "other"), SECOND) == KeyReused()


def test_another_key_has_a_ticket_of_its_own(tickets: DynamoDbTickets) -> None:
    tickets.keep(KEY, FIRST)
    assert tickets.keep(RequestKey("other", "fingerprint"), SECOND) == SECOND


def test_a_key_is_free_again_after_a_day_even_where_its_item_is_still_there(
    tickets: DynamoDbTickets, clock: Clock
) -> None:
    tickets.keep(KEY, FIRST)
    clock.now += KEY_LIFETIME - timedelta(seconds=1)
    assert tickets.keep(KEY, SECOND) == FIRST
    clock.now += timedelta(seconds=1)
    assert tickets.keep(KEY, SECOND) == SECOND


def test_a_ticket_expires_by_itself(aws: Aws, tickets: DynamoDbTickets) -> None:
    tickets.keep(KEY, FIRST)
    found = aws.dynamodb.get_item(TableName=tickets.table, Key={"key": {"S": "digest"}})
    item = read_item(found.get("Item", {}))
    assert datetime.fromtimestamp(item["expiresAt"], UTC) == NOW + timedelta(hours=24)


def test_a_ticket_costs_one_request_whether_it_is_new_or_not(aws: Aws, tickets: DynamoDbTickets) -> None:
    with requests_to(aws.dynamodb) as requests:
        tickets.keep(KEY, FIRST)
        tickets.keep(KEY, SECOND)
    assert requests == ["PutItem", "PutItem"]


def test_a_table_that_cannot_be_reached_accepts_nothing(aws: Aws, tickets: DynamoDbTickets) -> None:
    aws.dynamodb.delete_table(TableName=tickets.table)
    with pytest.raises(Unavailable):
        tickets.keep(KEY, FIRST)
