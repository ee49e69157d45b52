from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from resources.cars import CARS, Color, ColorChanged, Deleted, MileageChanged
from tests.support.aws import Aws, parameters_of, requests_to
from tests.support.cars import CAR_ID, ROOT, car_created
from tests.support.commits import another_car, commits_of, stored
from trigger_pattern.application.commits import DecodedCommit
from trigger_pattern.application.querying import Queries
from trigger_pattern.aws.dynamodb import event_store
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.definition.stored import UnknownEvent
from trigger_pattern.kernel import rehydrate

CAR = CAR_ID
CREATION, CHANGES, DELETION = commits_of(
    [car_created()], [ColorChanged(Color.RED), MileageChanged(15_000)], [Deleted()]
)


def append(store: DynamoDbEventStore, *commits: DecodedCommit) -> None:
    for commit in commits:
        assert store.try_append(commit)


def put_item(aws: Aws, commit: DecodedCommit, **changes: Any) -> None:
    """Write a commit's item with some attributes different."""
    aws.dynamodb.put_item(TableName="CarEventsTable", Item={**write_commit(CARS, commit), **changes})


def driven(times: int) -> list[DecodedCommit]:
    """Return the commits of a car that was driven so many times."""
    return commits_of([car_created(mileage=0)], *([MileageChanged(miles)] for miles in range(1, times + 1)))


@pytest.mark.parametrize("commit", [CREATION, CHANGES, DELETION], ids=["Created", "changes", "Deleted"])
def test_a_commit_reads_back_as_it_was_written(store: DynamoDbEventStore, commit: DecodedCommit) -> None:
    append(store, commit)
    assert store.head(CAR) == commit


def test_versions_order_as_numbers(store: DynamoDbEventStore) -> None:
    commits = driven(11)
    append(store, *commits)
    assert store.head(CAR) == commits[-1]


def test_cars_have_heads_of_their_own(store: DynamoDbEventStore) -> None:
    (other,) = commits_of([car_created()], car_id=another_car(1))
    append(store, CREATION, CHANGES, other)
    assert store.head(other.aggregate_id) == other
    assert list(store.history(CAR)) == [CREATION, CHANGES]


def test_a_version_is_written_once(store: DynamoDbEventStore) -> None:
    append(store, CREATION)
    assert not store.try_append(replace(CREATION, command_id=CHANGES.command_id))
    assert store.head(CAR) == CREATION


def test_two_writers_that_started_from_one_version_collide_whatever_they_write(store: DynamoDbEventStore) -> None:
    append(store, CREATION, CHANGES)
    assert not store.try_append(replace(CHANGES, events=(ColorChanged(Color.BLUE),)))


def test_a_fault_of_the_table_is_raised(aws: Aws) -> None:
    with pytest.raises(ClientError, match="ResourceNotFound"):
        DynamoDbEventStore(CARS, aws.dynamodb, "nowhere").try_append(CREATION)


def test_a_commit_without_its_state_is_not_written(store: DynamoDbEventStore) -> None:
    with pytest.raises(ValueError, match="state"):
        store.try_append(replace(CREATION, state=None))


@pytest.mark.parametrize("page", [1, 2, 3, 4, 100])
def test_the_history_goes_over_every_page(
    store: DynamoDbEventStore, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_store, "_PAGE", page)
    commits = driven(5)
    append(store, *commits)
    assert list(store.history(CAR)) == commits


@pytest.mark.parametrize("page", [1, 2, 100])
def test_up_to_the_newest_is_the_history_backwards(
    store: DynamoDbEventStore, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_store, "_PAGE", page)
    commits = driven(5)
    append(store, *commits)
    assert list(store.up_to(CAR, commits[-1].version)) == commits[::-1]


def test_what_is_recorded_is_read_newest_first_whatever_the_events_mean(aws: Aws, store: DynamoDbEventStore) -> None:
    append(store, *(commits := driven(5)))
    put_item(aws, commits[3], events=one_event(type={"S": "Repainted"}), state={"S": "?"})
    assert [commit.command_id for commit in store.recorded(CAR)] == [commit.command_id for commit in commits[::-1]]
    assert [commit.last_version for commit in store.recorded(CAR, 4)] == [4, 3, 2, 1]


def test_the_history_backwards_is_read_no_further_than_it_is_asked_for(
    aws: Aws, store: DynamoDbEventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_store, "_PAGE", 2)
    append(store, *driven(5))
    with requests_to(aws.dynamodb) as requests:
        next(store.up_to(CAR, 5))
    assert requests == ["Query"]


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        (0, [CREATION, CHANGES, DELETION]),
        (1, [CHANGES, DELETION]),
        (2, [CHANGES, DELETION]),
        (3, [DELETION]),
    ],
)
@pytest.mark.parametrize("at_most", [1, 2, 100])
def test_reading_on_begins_with_the_commit_that_holds_the_next_event(
    store: DynamoDbEventStore, version: int, expected: list[DecodedCommit], at_most: int
) -> None:
    append(store, CREATION, CHANGES, DELETION)
    assert list(store.after(CAR, version, at_most)) == list(map(stored, expected))


@pytest.mark.parametrize("version", [4, 5, 10**9])
def test_after_the_end_there_is_nothing_new(store: DynamoDbEventStore, version: int) -> None:
    append(store, CREATION, CHANGES, DELETION)
    assert [commit for commit in store.after(CAR, version, 10) if commit.last_version > version] == []


@pytest.mark.parametrize(("limit", "has_more"), [(4, True), (5, False), (6, False)])
def test_a_page_of_events_takes_two_queries_whether_or_not_more_follow(
    aws: Aws, store: DynamoDbEventStore, limit: int, *, has_more: bool
) -> None:
    append(store, *driven(4))
    with requests_to(aws.dynamodb) as requests:
        page = Queries(CARS, ROOT, store).events(CAR, 0, limit)
    assert (page and page.has_more, requests) == (has_more, ["Query", "Query"])


LOADS: dict[str, Callable[[DynamoDbEventStore], object]] = {
    "state": lambda store: rehydrate(ROOT, store, CAR),
    "record": lambda store: next(store.recorded(CAR)),
}


@pytest.mark.parametrize("load", LOADS.values(), ids=list(LOADS))
def test_loading_is_one_strongly_consistent_query_of_one_item(
    aws: Aws, store: DynamoDbEventStore, load: Callable[[DynamoDbEventStore], object]
) -> None:
    append(store, *driven(5))
    with parameters_of(aws.dynamodb) as asked:
        load(store)
    assert [(params["ConsistentRead"], params["Limit"], params["ScanIndexForward"]) for params in asked] == [
        (True, 1, False)
    ]


def test_who_reads_back_is_charged_for_few_commits_at_first(aws: Aws, store: DynamoDbEventStore) -> None:
    """A page is paid for whole, and most readers find what they look for at once."""
    append(store, *driven(250))
    with parameters_of(aws.dynamodb) as asked:
        assert len(list(store.up_to(CAR, 1000))) == 251
    assert [params["Limit"] for params in asked] == [4, 8, 16, 32, 64, 128]


def test_a_state_of_another_fold_is_not_read(aws: Aws, store: DynamoDbEventStore) -> None:
    put_item(aws, CREATION, foldVersion={"N": str(CARS.fold_version + 1)})
    assert store.head(CAR) == replace(CREATION, state=None)


def test_a_car_whose_state_is_of_another_fold_is_folded_again(aws: Aws, store: DynamoDbEventStore) -> None:
    for commit in (CREATION, CHANGES):
        put_item(aws, commit, foldVersion={"N": str(CARS.fold_version + 1)}, state={"M": {}})
    loaded = rehydrate(ROOT, store, CAR)
    assert (loaded.state, loaded.version) == (CHANGES.state, 3)


def one_event(**changes: Any) -> dict[str, Any]:
    """Return the attribute `events` with one event, which is a valid one but for the changes."""
    event = {"type": {"S": "ColorChanged"}, "schemaVersion": {"N": "1"}, "data": {"M": {"color": {"S": "red"}}}}
    return {"L": [{"M": {**event, **changes}}]}


@pytest.mark.parametrize("events", [one_event(type={"S": "Repainted"}), one_event(schemaVersion={"N": "2"})])
def test_an_event_of_newer_code_is_a_fault_and_never_skipped(
    aws: Aws, store: DynamoDbEventStore, events: dict[str, Any]
) -> None:
    put_item(aws, CREATION, events=events)
    with pytest.raises(UnknownEvent):
        store.head(CAR)
