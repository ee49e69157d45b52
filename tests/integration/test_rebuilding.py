"""The rebuilding of the cars view: whatever order a scan has, whatever the view knows already, whatever is corrupt."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.cars import CARS, Color, ColorChanged, Deleted, MileageChanged
from tests.support.aws import Aws, requests_to
from tests.support.cars import EXAMPLE, ROOT, car_created
from tests.support.commits import another_car, commits_of
from tests.support.view import MemoryView
from tools.ops.rebuild_view.rebuilding import Rebuild, Tally, newest_of_runs
from tools.ops.rebuild_view.snapshots import DynamoDbSnapshots
from tools.ops.scanning import EventsTable
from trigger_pattern.application.commits import DecodedCommit
from trigger_pattern.application.projecting import Projector, Viewed
from trigger_pattern.aws.dynamodb.attributes import read_item
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.refolding import Refolder
from trigger_pattern.aws.dynamodb.view import DynamoDbView
from trigger_pattern.definition.life import State

COUNT = 5


def history(number: int) -> list[DecodedCommit]:
    """Return a car's story; every second one is deleted in the end."""
    car_id = another_car(number)
    driven = ([MileageChanged(15_000 + miles)] for miles in range(10))
    end = [[Deleted()]] if number % 2 else []
    created = [car_created()]
    return commits_of(created, [ColorChanged(Color.RED), MileageChanged(14_999)], *driven, *end, car_id=car_id)


HISTORIES = [history(number) for number in range(COUNT)]
EXPECTED = {commits[-1].aggregate_id: (13 + number % 2, not number % 2) for number, commits in enumerate(HISTORIES)}
"""Of each car the version that it ends with, and whether it is in the registry then."""


@dataclass
class World:
    """The events of some cars, the view, and what a rebuild tells."""

    store: DynamoDbEventStore
    view: DynamoDbView
    read: list[int] = field(default_factory=list[int])
    faults: list[str] = field(default_factory=list[str])

    def rebuild(self) -> Tally:
        # one segment, for moto knows no others
        projector = Projector(self.view, Refolder(ROOT, self.store))
        table = EventsTable(CARS, self.store.client, self.store.table)
        snapshots = DynamoDbSnapshots(CARS, self.store.client, self.store.table)
        return Rebuild(table, projector, snapshots, self.read.append, self.faults.append).run(1)

    def viewed(self) -> dict[str, tuple[int, bool]]:
        items = map(read_item, self.view.client.scan(TableName=self.view.table)["Items"])
        return {item["carId"]: (item["version"], "deleted" not in item) for item in items}

    def change(self, commit: DecodedCommit, **attributes: Any) -> None:
        self.store.client.put_item(TableName=self.store.table, Item={**write_commit(CARS, commit), **attributes})


@pytest.fixture
def world(aws: Aws, store: DynamoDbEventStore) -> World:
    for commit in chain(*HISTORIES):
        assert store.try_append(commit)
    return World(store, DynamoDbView(CARS, aws.dynamodb, aws.create_table("CarViewTable")))


def test_an_empty_view_becomes_what_the_events_say(world: World) -> None:
    assert world.rebuild() == Tally(aggregates=COUNT, put=COUNT)
    assert world.viewed() == EXPECTED


def test_a_second_rebuild_changes_nothing(world: World) -> None:
    world.rebuild()
    world.rebuild()
    assert world.viewed() == EXPECTED


def test_every_commit_is_told_as_read(world: World) -> None:
    world.rebuild()
    assert sum(world.read) == sum(map(len, HISTORIES))


def test_a_car_is_put_once_and_nothing_but_the_table_is_read(aws: Aws, world: World) -> None:
    with requests_to(aws.dynamodb) as requests:
        world.rebuild()
    assert requests == ["Scan"] + ["PutItem"] * COUNT


@pytest.mark.parametrize("newer", [Viewed(another_car(0), 99, EXAMPLE), Viewed(another_car(0), 99, None)])
def test_what_the_view_knows_better_stays(world: World, newer: Viewed) -> None:
    world.view.put(newer)
    assert world.rebuild() == Tally(aggregates=COUNT, put=COUNT - 1)
    assert world.viewed()[newer.aggregate_id] == (99, newer.value is not None)


def test_a_commit_that_comes_between_reading_and_putting_is_not_lost(world: World) -> None:
    """The projector is quicker than the rebuild: it puts a deletion just before the rebuild puts what it read."""
    late = another_car(0)

    @dataclass(frozen=True)
    class Overtaken(DynamoDbView):
        def put(self, viewed: Viewed) -> bool:
            if viewed.aggregate_id == late:
                super().put(Viewed(late, viewed.version + 1, None))
            return super().put(viewed)

    world.view = Overtaken(CARS, world.view.client, world.view.table)
    world.rebuild()
    assert world.viewed()[late] == (14, False)


def test_states_of_another_fold_are_folded_again(world: World) -> None:
    for commit in chain(*HISTORIES):
        world.change(commit, foldVersion={"N": str(CARS.fold_version + 1)}, state={"M": {}})
    world.rebuild()
    assert world.viewed() == EXPECTED


UNKNOWN: dict[str, Any] = {"L": [{"M": {"type": {"S": "Repainted"}, "schemaVersion": {"N": "1"}, "data": {"M": {}}}}]}


@pytest.mark.parametrize(
    ("attribute", "value", "name"),
    [("events", {"L": []}, "CorruptItem"), ("events", UNKNOWN, "UnknownEvent")],
)
def test_a_car_that_cannot_be_read_is_told_and_the_rest_goes_on(
    world: World, attribute: str, value: Any, name: str
) -> None:
    broken = HISTORIES[2][-1]
    world.change(broken, **{attribute: value})
    assert world.rebuild() == Tally(aggregates=COUNT, put=COUNT - 1, faults=1)
    assert world.viewed() == {car: end for car, end in EXPECTED.items() if car != broken.aggregate_id}
    (fault,) = world.faults
    assert fault.startswith(f"{broken.aggregate_id}, version {broken.version}: {name}: ")


def test_a_state_that_cannot_be_read_is_folded_anew(world: World) -> None:
    world.change(HISTORIES[2][-1], state={"S": "?"})
    assert world.rebuild() == Tally(aggregates=COUNT, put=COUNT)
    assert world.viewed() == EXPECTED


def test_so_is_one_whose_history_cannot_be_folded(world: World) -> None:
    first, *others = HISTORIES[2]
    world.change(first, events={"L": []})
    for commit in others:
        world.change(commit, foldVersion={"N": str(CARS.fold_version + 1)})
    assert world.rebuild().faults == 1
    assert "CannotFold" in world.faults[0]


def test_a_fault_of_the_table_ends_it(world: World) -> None:
    world.view = replace(world.view, table="nowhere")
    with pytest.raises(world.view.client.exceptions.ResourceNotFoundException):
        world.rebuild()


ITEMS = [write_commit(CARS, commit) for commit in chain(*HISTORIES[:3])]
SHORTER = [write_commit(CARS, commit) for number in range(3) for commit in HISTORIES[number][-3:]]


def never(commit: DecodedCommit) -> State:
    raise AssertionError(f"{commit} was folded")


def name(item: dict[str, Any]) -> tuple[str, str]:
    return item["carId"]["S"], item["version"]["N"]


def test_of_items_that_come_together_each_car_gives_its_newest() -> None:
    newest = [name(item) for item in newest_of_runs(CARS, iter(ITEMS))]
    assert newest == [name(write_commit(CARS, commits[-1])) for commits in HISTORIES[:3]]


@given(st.permutations(SHORTER))
def test_whatever_order_a_scan_has_the_view_ends_as_the_events_say(items: list[dict[str, Any]]) -> None:
    view, by_name = MemoryView(), {name(write_commit(CARS, commit)): commit for commit in chain(*HISTORIES)}
    projector = Projector(view, never)
    for item in newest_of_runs(CARS, iter(items)):
        projector.project(by_name[name(item)])
    ends = {car_id: (viewed.version, viewed.value is not None) for car_id, viewed in view.kept.items()}
    assert ends == {commits[-1].aggregate_id: EXPECTED[commits[-1].aggregate_id] for commits in HISTORIES[:3]}


def test_no_more_of_a_scan_is_held_than_one_item_of_a_run() -> None:
    """For the first car's newest, the items are read up to the second car's first, and no further."""
    taken: list[dict[str, Any]] = []

    def scan() -> Iterator[dict[str, Any]]:
        for item in ITEMS:
            taken.append(item)
            yield item

    next(newest_of_runs(CARS, scan()))
    assert len(taken) == len(HISTORIES[0]) + 1
