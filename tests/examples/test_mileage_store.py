"""The report in DynamoDB, and the function as Lambda runs it."""

import sys
from importlib import import_module
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from mileage.consumer import Consumer, RaceLost
from mileage.events import CarEvent
from mileage.registry import PAGE
from mileage.report import Car, Change, OwnerId
from mileage.store import DynamoDbStore
from tests.examples.mileage_world import (
    ANNA,
    BORIS,
    CAR,
    Line,
    MemoryLog,
    created,
    deleted,
    driven_to,
    message,
    no_pause,
    painted,
    record,
    report_of,
    sold_to,
    story,
)  # fmt: skip

LIFE = story(created(mileage=100), driven_to(150), sold_to(BORIS), painted(), driven_to(157), deleted())


def report(store: DynamoDbStore) -> dict[OwnerId, Line]:
    items: Any = store.client.scan(TableName=store.owners_table)["Items"]
    return {OwnerId(item["owner"]["S"]): (int(item["cars"]["N"]), int(item["miles"]["N"])) for item in items}


def test_a_car_that_nobody_heard_of_is_at_version_0(store: DynamoDbStore) -> None:
    assert store.car(CAR) == Car(CAR)


@pytest.mark.parametrize(
    "arriving",
    [
        LIFE,
        [*LIFE, *LIFE],
        LIFE[-1:],
        LIFE[::-1],
        [LIFE[0], LIFE[3], LIFE[1], LIFE[5]],
    ],
    ids=["in order", "twice", "a late start", "backwards", "some lost, one reordered"],
)
def test_however_events_arrive_the_report_is_right(store: DynamoDbStore, arriving: list[CarEvent]) -> None:
    for event in arriving:
        Consumer(store, MemoryLog({CAR: LIFE}), no_pause).take(event)
    assert report(store) == report_of(LIFE) == {ANNA: (0, 50), BORIS: (0, 7)}
    assert store.car(CAR) == Car(CAR, version=6, owner=None, mileage=157)


def test_of_two_deliveries_at_the_same_time_one_counts(store: DynamoDbStore) -> None:
    before, after, changes = Car(CAR), Car(CAR, 1, ANNA, 100), [Change(ANNA, cars=1)]
    store.move(before, after, changes)
    with pytest.raises(RaceLost):
        store.move(before, after, changes)
    assert report(store) == {ANNA: (1, 0)}


def test_a_car_that_moved_on_meanwhile_is_not_written_over(store: DynamoDbStore) -> None:
    first, second, third = Car(CAR, 1, ANNA, 100), Car(CAR, 2, ANNA, 150), Car(CAR, 2, BORIS, 100)
    store.move(Car(CAR), first, [Change(ANNA, cars=1)])
    store.move(first, second, [Change(ANNA, miles=50)])
    with pytest.raises(RaceLost):
        store.move(first, third, [Change(ANNA, cars=-1), Change(BORIS, cars=1)])
    assert (store.car(CAR), report(store)) == (second, {ANNA: (1, 50)})


def test_a_page_with_as_many_owners_as_there_can_be_is_one_transaction(store: DynamoDbStore) -> None:
    owners = [OwnerId(f"owner {number}") for number in range(PAGE)]
    events = story(created(ANNA), *(sold_to(owner) for owner in owners))
    consumer = Consumer(store, WholeLog({CAR: events}), no_pause)
    consumer.take(events[0])
    consumer.take(events[-1])
    assert report(store) == {ANNA: (0, 0)} | dict.fromkeys(owners[:-1], (0, 0)) | {owners[-1]: (1, 0)}


@pytest.mark.parametrize("reasons", [["ConditionalCheckFailed", "None"], ["None", "TransactionConflict"]])
def test_another_writer_at_the_same_moment_is_a_lost_race(store: DynamoDbStore, reasons: list[str]) -> None:
    with cancelled(store, reasons), pytest.raises(RaceLost):
        store.move(Car(CAR), Car(CAR, 1, ANNA, 100), [Change(ANNA, cars=1)])


def test_a_transaction_cancelled_for_another_reason_is_a_fault(store: DynamoDbStore) -> None:
    with cancelled(store, ["None", "ThrottlingError"]), pytest.raises(ClientError, match="TransactionCanceled"):
        store.move(Car(CAR), Car(CAR, 1, ANNA, 100), [Change(ANNA, cars=1)])


def test_a_fault_of_dynamodb_is_no_lost_race(store: DynamoDbStore) -> None:
    store.client.delete_table(TableName=store.owners_table)
    with pytest.raises(ClientError, match="ResourceNotFound"):
        store.move(Car(CAR), Car(CAR, 1, ANNA, 100), [Change(ANNA, cars=1)])
    assert store.car(CAR) == Car(CAR)


def test_the_function_takes_a_batch_up_to_what_it_cannot_handle(
    store: DynamoDbStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = load_handler(store, monkeypatch)
    bodies = [message(LIFE[0]), message(LIFE[1]), "no event", message(LIFE[2])]
    records = [record(number, body) for number, body in enumerate(bodies)]
    failed = handler({"Records": records}, None)["batchItemFailures"]
    assert [failure["itemIdentifier"] for failure in failed] == ["message-2", "message-3"]
    assert report(store) == {ANNA: (1, 50)}
    assert handler({"Records": [records[3]]}, None) == {"batchItemFailures": []}
    assert report(store) == {ANNA: (0, 50), BORIS: (1, 0)}


def cancelled(store: DynamoDbStore, reasons: list[str]) -> Stubber:
    """Have DynamoDB cancel the next transaction."""
    stubber = Stubber(store.client)
    stubber.add_client_error(
        "transact_write_items",
        "TransactionCanceledException",
        modeled_fields={"CancellationReasons": [{"Code": reason} for reason in reasons]},
    )
    return stubber


class WholeLog(MemoryLog):
    """Gives everything as one page."""

    def pages_after(self, car_id: Any, version: int) -> Any:
        yield self.events[car_id][version:]


def load_handler(store: DynamoDbStore, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Load the function's module as Lambda does, with the environment that the template gives it."""
    monkeypatch.setenv("CARS_TABLE", store.cars_table)
    monkeypatch.setenv("OWNERS_TABLE", store.owners_table)
    monkeypatch.setenv("API_URL", "http://127.0.0.1:1")
    monkeypatch.delitem(sys.modules, "mileage.app", raising=False)
    return import_module("mileage.app").handler
