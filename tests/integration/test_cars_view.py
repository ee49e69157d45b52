"""The cars view as it is written: whatever is put, in any order and however often, the newest version stays."""

from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st
from moto import mock_aws

from resources.cars import CARS, Color, ColorChanged, Condition, ConditionChanged, Deleted, MileageChanged, OwnerChanged
from tests.support.aws import Aws, requests_to
from tests.support.cars import ANOTHER_OWNER, CAR_ID, EXAMPLE, ROOT, car_created, representation
from tests.support.commits import another_car, commits_of
from tests.support.dynamodb_size import item_size, write_units
from tests.support.rejects import MemoryRejects
from trigger_pattern.application.commits import CannotFold, DecodedCommit
from trigger_pattern.application.projecting import Projector, Viewed
from trigger_pattern.aws.dynamodb.attributes import read_item
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.refolding import Refolder
from trigger_pattern.aws.dynamodb.view import DynamoDbView

CAR = CAR_ID
CHANGES: tuple[tuple[object, ...], ...] = (
    (ColorChanged(Color.RED), MileageChanged(15_000)),
    (OwnerChanged(ANOTHER_OWNER),),
    (ConditionChanged(Condition.POOR), ColorChanged(Color.BLUE)),
)
ALIVE = tuple(commits_of([car_created()], *CHANGES))
DELETED = tuple(commits_of([car_created()], *CHANGES, [Deleted()]))
FINAL = representation(color="blue", mileage=15_000, owner=str(ANOTHER_OWNER), condition="poor")
KEYS = {"makeModel": "BMW#M3", "colorCarId": f"blue#{CAR}", "conditionCarId": f"poor#{CAR}"}


@pytest.fixture
def view(aws: Aws) -> DynamoDbView:
    return DynamoDbView(CARS, aws.dynamodb, aws.create_table("CarViewTable"))


@pytest.fixture
def projector(view: DynamoDbView, store: DynamoDbEventStore) -> Projector:
    return Projector(view, Refolder(ROOT, store))


def items(view: DynamoDbView) -> list[dict[str, Any]]:
    return [read_item(item) for item in view.client.scan(TableName=view.table)["Items"]]


def of_another_fold(aws: Aws, commits: tuple[DecodedCommit, ...]) -> list[DecodedCommit]:
    """Store commits as code with another fold did; return them as they are read."""
    stale: dict[str, Any] = {"foldVersion": {"N": str(CARS.fold_version + 1)}, "state": {"M": {}}}
    for commit in commits:
        aws.dynamodb.put_item(TableName="CarEventsTable", Item={**write_commit(CARS, commit), **stale})
    return [replace(commit, state=None) for commit in commits]


def test_a_car_is_kept_with_its_version_and_the_keys_of_every_index(view: DynamoDbView, projector: Projector) -> None:
    assert projector.project(ALIVE[-1])
    assert items(view) == [{"carId": CAR, "version": 6, **FINAL, **KEYS}]


def test_a_deleted_car_is_kept_with_its_version_alone(view: DynamoDbView, projector: Projector) -> None:
    for commit in DELETED:
        assert projector.project(commit)
    assert items(view) == [{"carId": CAR, "version": 7, "deleted": True}]


def test_an_older_version_is_refused(view: DynamoDbView) -> None:
    assert view.put(Viewed(CAR, 2, EXAMPLE))
    assert not view.put(Viewed(CAR, 1, EXAMPLE))


def test_versions_compare_as_numbers(view: DynamoDbView) -> None:
    assert view.put(Viewed(CAR, 9, EXAMPLE))
    assert view.put(Viewed(CAR, 10, EXAMPLE))


def test_an_equal_version_is_put_in_the_form_of_todays_code(view: DynamoDbView) -> None:
    old: Any = {"carId": {"S": CAR}, "version": {"N": "1"}, "colour": {"S": "black"}}
    view.client.put_item(TableName=view.table, Item=old)
    assert view.put(Viewed(CAR, 1, EXAMPLE))
    assert "colour" not in items(view)[0]


def test_cars_do_not_meet(view: DynamoDbView) -> None:
    assert view.put(Viewed(CAR, 5, EXAMPLE))
    assert view.put(Viewed(another_car(1), 1, EXAMPLE))


def test_a_fault_of_the_table_is_raised(aws: Aws) -> None:
    with pytest.raises(ClientError, match="ResourceNotFound"):
        DynamoDbView(CARS, aws.dynamodb, "nowhere").put(Viewed(CAR, 1, EXAMPLE))


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (ALIVE, {"carId": CAR, "version": 6, **FINAL, **KEYS}),
        (DELETED, {"carId": CAR, "version": 7, "deleted": True}),
    ],
    ids=["alive", "deleted"],
)
def test_any_order_with_any_repetition_ends_as_the_history_does(
    clients: Aws, history: tuple[DecodedCommit, ...], expected: dict[str, Any]
) -> None:
    deliveries = st.lists(st.sampled_from(history), max_size=6).flatmap(
        lambda again: st.permutations([*history, *again])
    )

    @settings(max_examples=40)
    @given(deliveries)
    def ends_as_the_history(commits: list[DecodedCommit]) -> None:
        with mock_aws():
            view = DynamoDbView(CARS, clients.dynamodb, clients.create_table("CarViewTable"))
            for commit in commits:
                Projector(view, Refolder(ROOT, DynamoDbEventStore(CARS, clients.dynamodb, ""))).project(commit)
            assert items(view) == [expected]

    ends_as_the_history()


def test_a_commit_is_one_request_and_none_of_them_reads(aws: Aws, projector: Projector) -> None:
    with requests_to(aws.dynamodb) as requests:
        projector.project_all(ALIVE, MemoryRejects(), MemoryRejects())
    assert requests == ["PutItem"]


def test_a_state_of_another_fold_costs_one_query_and_gives_the_state_as_of_its_commit(
    aws: Aws, view: DynamoDbView, projector: Projector
) -> None:
    stale = of_another_fold(aws, ALIVE)
    with requests_to(aws.dynamodb) as requests:
        assert projector.project(stale[1])
    assert requests == ["Query", "PutItem"]
    (item,) = items(view)
    assert (item["version"], item["color"], item["owner"]) == (3, "red", str(EXAMPLE.owner))


def test_a_deletion_of_another_fold_is_a_mark_too(aws: Aws, view: DynamoDbView, projector: Projector) -> None:
    projector.project(of_another_fold(aws, DELETED)[-1])
    assert items(view) == [{"carId": CAR, "version": 7, "deleted": True}]


def test_a_corrupt_commit_further_back_means_that_the_car_cannot_be_folded(aws: Aws, projector: Projector) -> None:
    stale = of_another_fold(aws, ALIVE)
    aws.dynamodb.put_item(TableName="CarEventsTable", Item={**write_commit(CARS, ALIVE[0]), "events": {"L": []}})
    with pytest.raises(CannotFold, match="corrupt"):
        projector.project(stale[-1])


def test_so_does_a_history_that_cannot_have_happened(aws: Aws, projector: Projector) -> None:
    stale = of_another_fold(aws, ALIVE)
    key: Any = {"carId": {"S": CAR}, "version": {"N": "1"}}
    aws.dynamodb.delete_item(TableName="CarEventsTable", Key=key)
    with pytest.raises(CannotFold, match="cannot follow"):
        projector.project(stale[-1])


def test_an_item_is_one_write_unit_in_the_table_and_in_each_index(view: DynamoDbView, projector: Projector) -> None:
    projector.project(ALIVE[-1])
    assert write_units(item_size(view.client.scan(TableName=view.table)["Items"][0])) == 1
