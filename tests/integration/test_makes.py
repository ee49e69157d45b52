"""The make of a commit's car, which filter policies ask for: known without folding anything."""

from dataclasses import replace
from typing import Any

import pytest

from cars.adapters.dynamodb.commit_item import read_stored, write_commit
from cars.adapters.dynamodb.event_store import DynamoDbEventStore
from cars.adapters.dynamodb.makes import Makes
from cars.application.commits import StoredState
from cars.application.publishing import NoMake
from cars.domain.car import ColorChanged
from cars.domain.root import FOLD_VERSION, Deleted
from cars.domain.values import Color
from tests.support.aws import Aws, requests_to
from tests.support.cars import car_created
from tests.support.commits import commits_of, stored

COMMITS = commits_of([car_created()], [ColorChanged(Color.RED)], [Deleted()])
CREATED, PAINTED, DELETED = map(stored, COMMITS)
OTHER_FOLD = StoredState(FOLD_VERSION + 1, {"make": "Tesla"})
NOTHING = StoredState(FOLD_VERSION + 1, {})


def put(store: DynamoDbEventStore, **attributes: Any) -> None:
    """Have the car's first commit in the table."""
    store.client.put_item(TableName=store.table, Item={**write_commit(COMMITS[0]), **attributes})


@pytest.mark.parametrize("commit", [CREATED, PAINTED, DELETED])
def test_the_state_after_a_commit_says_it_and_nothing_is_read(aws: Aws, store: DynamoDbEventStore, commit: Any) -> None:
    with requests_to(aws.dynamodb) as requests:
        assert Makes(store)(commit) == "BMW"
    assert requests == []


def test_a_state_of_another_fold_says_it_as_it_is_published(store: DynamoDbEventStore) -> None:
    assert Makes(store)(replace(PAINTED, state=OTHER_FOLD)) == "Tesla"


@pytest.mark.parametrize(
    "state",
    [
        NOTHING,
        StoredState(FOLD_VERSION + 1, {"make": 7}),
        StoredState(FOLD_VERSION + 1, {"make": ""}),
        StoredState(FOLD_VERSION, {"make": "nonsense"}),
    ],
)
def test_where_the_state_does_not_say_it_the_cars_first_event_does(
    store: DynamoDbEventStore, state: StoredState
) -> None:
    put(store)
    assert Makes(store)(replace(DELETED, state=state)) == "BMW"
    assert Makes(store)(replace(CREATED, state=state)) == "BMW"


def test_a_creation_of_newer_code_says_it_too(store: DynamoDbEventStore) -> None:
    data: dict[str, Any] = {"M": {"make": {"S": "Tesla"}, "range": {"N": "400"}}}
    newer = {"L": [{"M": {"type": {"S": "Created"}, "schemaVersion": {"N": "2"}, "data": data}}]}
    put(store, events=newer)
    assert Makes(store)(replace(PAINTED, state=NOTHING)) == "Tesla"
    created = read_stored({**write_commit(COMMITS[0]), "events": newer})
    assert Makes(store)(replace(created, state=NOTHING)) == "Tesla"


@pytest.mark.parametrize("events", [{"S": "?"}, None])
def test_where_nothing_says_it_nobody_knows(store: DynamoDbEventStore, events: Any) -> None:
    if events:
        put(store, events=events)
    with pytest.raises(NoMake):
        Makes(store)(replace(PAINTED, state=NOTHING))
