"""What is read after CARS.fold_version went up: nothing twice, and one item again once the snapshots are renewed."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from resources.cars import CARS, Color, ColorChanged, MileageChanged
from tests.support.aws import Aws, items_queried_by
from tests.support.cars import CAR_ID, ROOT, car_created
from tests.support.commits import commits_of
from tests.support.dynamodb_size import item_size, read_units
from tools.contract.publishing import FOLDER
from tools.ops.history.life import Fault
from tools.ops.rebuild_view.rebuilding import Rebuild, Tally
from tools.ops.rebuild_view.snapshots import DynamoDbSnapshots
from tools.ops.scanning import EventsTable
from tools.ops.verify.event_schemas import EventSchemas
from tools.ops.verify.verifying import Tally as Verified
from tools.ops.verify.verifying import Verification
from tools.ops.verify.view_check import ViewCheck
from trigger_pattern.application.projecting import Projector
from trigger_pattern.application.querying import AsOf, Queries
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.refolding import Refolder
from trigger_pattern.aws.dynamodb.view import DynamoDbView
from trigger_pattern.kernel import rehydrate

OLDER = replace(CARS, fold_version=CARS.fold_version - 1)
COMMITS = commits_of(
    [car_created()],
    *([MileageChanged(15_000 + number)] for number in range(18)),
    [ColorChanged(Color.RED), MileageChanged(20_000)],
)
"""Twenty commits with 21 events; the last has two."""
HEAD = COMMITS[-1]
HEAD_STATE = ROOT.fold(event for commit in COMMITS for event in commit.events)


@dataclass
class World:
    """A car whose commits an older fold wrote, read by today's code."""

    store: DynamoDbEventStore
    view: DynamoDbView
    faults: list[str] = field(default_factory=list[str])
    found: list[Fault] = field(default_factory=list[Fault])

    @property
    def queries(self) -> Queries:
        return Queries(CARS, ROOT, self.store)

    @property
    def refolder(self) -> Refolder:
        return Refolder(ROOT, self.store)

    @property
    def snapshots(self) -> DynamoDbSnapshots:
        return DynamoDbSnapshots(CARS, self.store.client, self.store.table)

    @property
    def table(self) -> EventsTable:
        return EventsTable(CARS, self.store.client, self.store.table)

    def rebuild(self) -> Tally:
        projector = Projector(self.view, self.refolder)
        return Rebuild(self.table, projector, self.snapshots, lambda _: None, self.faults.append).run(1)

    def verify(self) -> Verified:
        view = ViewCheck(self.table, self.view.table, self.found.append, 10, lambda: 0.0, lambda _: None)
        schemas = EventSchemas.of(CARS, FOLDER)
        return Verification(self.table, schemas, view, lambda _: None, self.found.append).run(1)

    def items(self) -> list[dict[str, Any]]:
        found: list[Any] = list(self.store.client.scan(TableName=self.store.table)["Items"])
        return sorted(found, key=lambda item: int(item["version"]["N"]))

    def change(self, number: int, **attributes: Any) -> None:
        item = {**self.items()[number], **attributes}
        self.store.client.put_item(TableName=self.store.table, Item=item)


@pytest.fixture
def world(aws: Aws, store: DynamoDbEventStore) -> World:
    for commit in COMMITS:
        assert replace(store, resource=OLDER).try_append(commit)
    return World(store, DynamoDbView(CARS, aws.dynamodb, aws.create_table("CarViewTable")))


def test_a_car_is_folded_from_commits_that_are_each_read_once(world: World) -> None:
    with items_queried_by(world.store.client) as items:
        assert world.queries.now(CAR_ID) == AsOf(CAR_ID, HEAD_STATE, 21)
    assert items == [1, 4, 8, 7]


@pytest.mark.parametrize(("version", "expected"), [(1, [1]), (4, [4]), (10, [4, 6]), (20, [4, 8, 8]), (21, [4, 8, 8])])
def test_so_is_a_car_as_it_was(world: World, version: int, expected: list[int]) -> None:
    with items_queried_by(world.store.client) as items:
        assert world.queries.at_version(CAR_ID, version).version == version
    assert items == expected


def test_so_is_one_behind_a_commit_of_the_stream(world: World) -> None:
    (newest,) = (commit for commit in world.store.up_to(CAR_ID, 21) if commit.version == HEAD.version)
    with items_queried_by(world.store.client) as items:
        assert world.refolder(newest) == HEAD.state
    assert items == [4, 8, 7]


def test_of_a_car_with_one_commit_nothing_more_is_read(world: World) -> None:
    (first,) = world.store.up_to(CAR_ID, 1)
    with items_queried_by(world.store.client) as items:
        assert world.refolder(first) == COMMITS[0].state
    assert items == []


def test_no_more_is_read_than_up_to_the_nearest_snapshot_of_this_fold(world: World) -> None:
    world.change(16, foldVersion={"N": str(CARS.fold_version)})
    with items_queried_by(world.store.client) as items:
        assert rehydrate(ROOT, world.store, CAR_ID).state == HEAD.state
    assert items == [1, 4]


def test_after_a_rebuild_of_the_view_reading_a_car_is_one_read_of_one_unit(world: World) -> None:
    assert world.rebuild() == Tally(aggregates=1, put=1, renewed=1)
    with items_queried_by(world.store.client) as items:
        assert world.queries.now(CAR_ID) == AsOf(CAR_ID, HEAD_STATE, 21)
    assert items == [1]
    assert read_units(item_size(world.items()[-1])) == 1


def test_verify_then_finds_the_renewed_snapshot_right(world: World) -> None:
    world.rebuild()
    tally = world.verify()
    assert (tally.states, tally.other_folds, world.found) == (1, 19, [])


def test_a_snapshot_is_renewed_once_and_folded_once(world: World) -> None:
    with items_queried_by(world.store.client) as items:
        world.rebuild()
        assert world.rebuild() == Tally(aggregates=1, put=1)
    assert items == [4, 8, 7]


def test_nothing_of_a_commit_changes_but_its_snapshot(world: World) -> None:
    before = world.items()
    world.change(19, state={"M": {"wheels": {"N": "4"}}})
    world.rebuild()
    assert world.items() == [*before[:-1], {**before[-1], "foldVersion": {"N": str(CARS.fold_version)}}]


def test_what_a_newer_fold_made_stays(world: World) -> None:
    world.change(19, foldVersion={"N": str(CARS.fold_version + 1)}, state={"M": {"wheels": {"N": "4"}}})
    before = world.items()
    assert world.rebuild() == Tally(aggregates=1, put=1)
    assert world.items() == before


def test_so_does_what_it_made_since_the_commit_was_read(world: World) -> None:
    world.change(19, foldVersion={"N": str(CARS.fold_version + 1)})
    before = world.items()
    assert not world.snapshots.renew(HEAD)
    assert world.items() == before


def test_a_commit_that_is_gone_does_not_come_back(world: World) -> None:
    item = write_commit(CARS, HEAD)
    world.store.client.delete_item(TableName=world.store.table, Key={name: item[name] for name in ("carId", "version")})
    assert not world.snapshots.renew(HEAD)
    assert len(world.items()) == len(COMMITS) - 1
