"""The make of a commit's car, which filter policies ask for: known without folding anything."""

from dataclasses import replace
from typing import Any

import pytest

from resources.cars import CARS, Color, ColorChanged, Deleted
from tests.support.aws import Aws, requests_to
from tests.support.cars import car_created
from tests.support.commits import commits_of, stored
from trigger_pattern.application.commits import StoredState
from trigger_pattern.application.publishing import NoFilters
from trigger_pattern.aws.dynamodb.commit_item import read_stored, write_commit
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.filters import Filters

COMMITS = commits_of([car_created()], [ColorChanged(Color.RED)], [Deleted()])
CREATED, PAINTED, DELETED = map(stored, COMMITS)
OTHER_FOLD = StoredState(CARS.fold_version + 1, {"make": "Tesla"})
NOTHING = StoredState(CARS.fold_version + 1, {})


def put(store: DynamoDbEventStore, **attributes: Any) -> None:
    """Have the car's first commit in the table."""
    store.client.put_item(TableName=store.table, Item={**write_commit(CARS, COMMITS[0]), **attributes})


@pytest.mark.parametrize("commit", [CREATED, PAINTED, DELETED])
def test_the_state_after_a_commit_says_it_and_nothing_is_read(aws: Aws, store: DynamoDbEventStore, commit: Any) -> None:
    with requests_to(aws.dynamodb) as requests:
        assert Filters(CARS, store)(commit) == {"make": "BMW"}
    assert requests == []


def test_a_state_of_another_fold_says_it_as_it_is_published(store: DynamoDbEventStore) -> None:
    assert Filters(CARS, store)(replace(PAINTED, state=OTHER_FOLD)) == {"make": "Tesla"}


@pytest.mark.parametrize(
    "state",
    [
        NOTHING,
        StoredState(CARS.fold_version + 1, {"make": 7}),
        StoredState(CARS.fold_version + 1, {"make": ""}),
        StoredState(CARS.fold_version, {"make": "nonsense"}),
    ],
)
def test_where_the_state_does_not_say_it_the_cars_first_event_does(
    store: DynamoDbEventStore, state: StoredState
) -> None:
    put(store)
    assert Filters(CARS, store)(replace(DELETED, state=state)) == {"make": "BMW"}
    assert Filters(CARS, store)(replace(CREATED, state=state)) == {"make": "BMW"}


def test_a_creation_of_newer_code_says_it_too(store: DynamoDbEventStore) -> None:
    data: dict[str, Any] = {"M": {"make": {"S": "Tesla"}, "range": {"N": "400"}}}
    newer = {"L": [{"M": {"type": {"S": "Created"}, "schemaVersion": {"N": "2"}, "data": data}}]}
    put(store, events=newer)
    assert Filters(CARS, store)(replace(PAINTED, state=NOTHING)) == {"make": "Tesla"}
    created = read_stored(CARS, {**write_commit(CARS, COMMITS[0]), "events": newer})
    assert Filters(CARS, store)(replace(created, state=NOTHING)) == {"make": "Tesla"}


@pytest.mark.parametrize("events", [{"S": "?"}, None])
def test_where_nothing_says_it_nobody_knows(store: DynamoDbEventStore, events: Any) -> None:
    if events:
        put(store, events=events)
    with pytest.raises(NoFilters):
        Filters(CARS, store)(replace(PAINTED, state=NOTHING))
