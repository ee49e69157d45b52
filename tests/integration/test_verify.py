"""The verification of the events table and the cars view: what is sound has no fault, and every fault is found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from threading import Event
from typing import Any

import pytest

from resources.cars import CARS, Color, ColorChanged, Deleted, MileageChanged
from tests.support.aws import Aws, requests_to
from tests.support.cars import EXAMPLE, car_created
from tests.support.commits import another_car, commits_of, never_refolds
from tools.contract.publishing import FOLDER
from tools.ops.history.life import Fault, Life
from tools.ops.scanning import EventsTable, Page
from tools.ops.verify import verifying
from tools.ops.verify.event_schemas import EventSchemas
from tools.ops.verify.orphans import Orphans
from tools.ops.verify.verifying import Tally, Verification
from tools.ops.verify.view_check import ViewCheck
from trigger_pattern.application.commits import DecodedCommit
from trigger_pattern.application.projecting import Projector, Viewed
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.view import DynamoDbView

SCHEMAS = EventSchemas.of(CARS, FOLDER)
PATIENCE = 10
KEPT, GONE = another_car(1), another_car(2)
NOBODY = another_car(3)

KEPT_LIFE = commits_of(
    [car_created()],
    [ColorChanged(Color.RED), MileageChanged(15_000)],
    [MileageChanged(16_000)],
    [ColorChanged(Color.BLUE)],
    car_id=another_car(1),
)
GONE_LIFE = commits_of([car_created()], [Deleted()], car_id=another_car(2))
SOUND = Tally(aggregates=2, commits=6, events=7, states=6)

Attributes = dict[str, Any]


@dataclass
class World:
    """The events of two cars, one of them deleted, their view, and a clock that goes on only while somebody waits."""

    store: DynamoDbEventStore
    view: DynamoDbView
    faults: list[Fault] = field(default_factory=list[Fault])
    read: list[int] = field(default_factory=list[int])
    now: float = 0
    meanwhile: list[Callable[[], object]] = field(default_factory=list["Callable[[], object]"])
    """What happens at each pause, one after another."""

    def verify(self) -> Tally:
        # one segment, for moto knows no others
        table = EventsTable(CARS, self.store.client, self.store.table)
        view = ViewCheck(table, self.view.table, self.faults.append, PATIENCE, lambda: self.now, self.sleep)
        tally = Verification(table, SCHEMAS, view, self.read.append, self.faults.append).run(1)
        Orphans(table, self.view.table, self.read.append, self.faults.append).run(1)
        return tally

    def finds(self, *faults: tuple[str, int, str]) -> None:
        self.verify()
        assert [(fault.aggregate_id, fault.version, fault.fault) for fault in self.faults] == list(faults)

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.meanwhile:
            self.meanwhile.pop(0)()

    def change(self, commit: DecodedCommit, **attributes: Any) -> None:
        self.store.client.put_item(TableName=self.store.table, Item={**write_commit(CARS, commit), **attributes})

    def remove(self, commit: DecodedCommit) -> None:
        item = write_commit(CARS, commit)
        key = {"carId": item["carId"], "version": item["version"]}
        self.store.client.delete_item(TableName=self.store.table, Key=key)

    def project(self, commit: DecodedCommit) -> None:
        Projector(self.view, never_refolds).project(commit)

    def show(self, car_id: str, **attributes: Any) -> None:
        """Put an item into the view behind the projector's back."""
        self.view.client.put_item(TableName=self.view.table, Item={"carId": {"S": car_id}, **attributes})

    def hide(self, car_id: str) -> None:
        self.view.client.delete_item(TableName=self.view.table, Key={"carId": {"S": car_id}})


@pytest.fixture
def world(aws: Aws, store: DynamoDbEventStore) -> World:
    world = World(store, DynamoDbView(CARS, aws.dynamodb, aws.create_table("CarViewTable")))
    for commit in chain(KEPT_LIFE, GONE_LIFE):
        assert store.try_append(commit)
        world.project(commit)
    return world


def event(**data: Any) -> Attributes:
    return {"L": [{"M": {"type": {"S": "ColorChanged"}, "schemaVersion": {"N": "1"}, "data": {"M": data}}}]}


def state_of(commit: DecodedCommit, **fields: Any) -> Attributes:
    return {"M": {**write_commit(CARS, commit)["state"]["M"], **fields}}


def unreadable(**attributes: Any) -> Callable[[World], None]:
    """Spoil the third of the kept car's four commits."""
    return lambda world: world.change(KEPT_LIFE[2], **attributes)


REPAINTED: Attributes = {"M": {"type": {"S": "Repainted"}, "schemaVersion": {"N": "1"}, "data": {"M": {}}}}
OLDER: Attributes = {"M": {**event()["L"][0]["M"], "schemaVersion": {"N": "0"}}}
ANOTHER_STATE = state_of(KEPT_LIFE[1], color={"S": "white"}, mileage={"N": "1"})
STATE = "its state is not the fold of the events: "
FAULTS: dict[str, tuple[Callable[[World], object], tuple[str, int, str]]] = {
    "a missing commit": (lambda world: world.remove(KEPT_LIFE[1]), (KEPT, 2, "versions 2 to 3 are missing")),
    "a missing first commit": (lambda world: world.remove(KEPT_LIFE[0]), (KEPT, 1, "version 1 is missing")),
    "two commits of a version": (
        lambda world: world.change(KEPT_LIFE[2], version={"N": "3"}),
        (KEPT, 3, "the commit before has this version already"),
    ),
    "a state that is not the fold, and the next that is": (
        lambda world: world.change(
            KEPT_LIFE[1], state=state_of(KEPT_LIFE[1], color={"S": "white"}, mileage={"N": "1"})
        ),
        (KEPT, 2, STATE + 'color "white" instead of "red", mileage 1 instead of 15000'),
    ),
    "a deleted state of a car that is not": (
        lambda world: world.change(KEPT_LIFE[0], state=state_of(KEPT_LIFE[0], deleted={"BOOL": True})),
        (KEPT, 1, STATE + "deleted true instead of none"),
    ),
    "an event that can be read, and its schema forbids": (
        lambda world: world.change(KEPT_LIFE[3], events=event(color={"S": "BLUE"})),
        (KEPT, 5, "ColorChanged: $.color: 'BLUE' is not one of ['red', 'white', 'blue', 'black']"),
    ),
    "a history that cannot have happened": (
        lambda world: world.change(GONE_LIFE[0], events=event(color={"S": "red"})),
        (GONE, 1, "ColorChanged cannot follow NotCreated"),
    ),
    "a time that goes back": (
        unreadable(occurredAt={"S": "2026-11-01T10:59:00.000Z"}),
        (KEPT, 4, "occurredAt goes back, from 2026-11-01T11:01:00.045Z to 2026-11-01T10:59:00.000Z"),
    ),
    "no events": (unreadable(events={"L": []}), (KEPT, 4, "CorruptItem: /events: Expected one or more events.")),
    "no events at the end": (
        lambda world: world.change(KEPT_LIFE[3], events={"L": []}),
        (KEPT, 5, "CorruptItem: /events: Expected one or more events."),
    ),
    "a state that cannot be read": (unreadable(state={"S": "?"}), (KEPT, 4, "its state cannot be read")),
    "a corrupt event": (
        unreadable(events=event(color={"S": "pink"})),
        (KEPT, 4, "CorruptEvent: ColorChanged: /color: Expected one of red, white, blue, black."),
    ),
    "an event of schema version 0": (
        unreadable(events={"L": [OLDER]}),
        (KEPT, 4, "CorruptItem: /events/0/schemaVersion: Expected a whole number from 1."),
    ),
    "an event with a field of newer code": (
        unreadable(events=event(color={"S": "red"}, glitter={"BOOL": True})),
        (KEPT, 4, "UnknownEvent: ColorChanged with glitter"),
    ),
    "an event of newer code": (
        unreadable(events={"L": [REPAINTED]}),
        (KEPT, 4, "UnknownEvent: Repainted, schema version 1"),
    ),
    "a view that is ahead": (
        lambda world: world.view.put(Viewed(KEPT, 99, EXAMPLE)),
        (KEPT, 5, "the view is ahead: it has version 99"),
    ),
    "a view that differs": (
        lambda world: world.view.put(Viewed(KEPT, 5, replace(EXAMPLE, color=Color.BLUE, mileage=7))),
        (KEPT, 5, 'the view has mileage "7" instead of "16000"'),
    ),
    "an item that an index does not find": (
        lambda world: world.view.client.update_item(
            TableName=world.view.table, Key={"carId": {"S": KEPT}}, UpdateExpression="REMOVE colorCarId"
        ),
        (KEPT, 5, f'the view has colorCarId none instead of "blue#{KEPT}"'),
    ),
    "a car that is not in the view": (lambda world: world.hide(KEPT), (KEPT, 5, "the view does not have it")),
    "a tombstone that is not in the view": (
        lambda world: world.hide(GONE),
        (GONE, 2, "the view does not have it, not even as deleted"),
    ),
    "a car of the view without events": (
        lambda world: world.show(NOBODY, version={"N": "4"}, deleted={"BOOL": True}),
        (NOBODY, 4, "the view has it, but there are no events of it"),
    ),
}


@pytest.mark.parametrize(("spoil", "fault"), FAULTS.values(), ids=list(FAULTS))
def test_a_fault_is_found_and_no_other(
    world: World, spoil: Callable[[World], object], fault: tuple[str, int, str]
) -> None:
    spoil(world)
    world.finds(fault)


def test_a_deleted_car_that_the_view_still_lists_is_found(world: World) -> None:
    world.hide(GONE)
    world.project(GONE_LIFE[0])
    world.finds((GONE, 2, "the view is behind: it has version 1"))


def test_a_sound_stack_has_no_fault(world: World) -> None:
    assert world.verify() == SOUND
    assert world.faults == []
    assert sum(world.read) == 6 + 2
    assert world.now == 0


def test_an_empty_stack_has_none_either(aws: Aws, store: DynamoDbEventStore) -> None:
    assert World(store, DynamoDbView(CARS, aws.dynamodb, aws.create_table("CarViewTable"))).verify() == Tally()


def test_many_cars_are_read_without_a_request_for_each(aws: Aws, world: World) -> None:
    for number in range(10, 260):
        (created,) = commits_of([car_created()], car_id=another_car(number))
        world.store.try_append(created)
        world.project(created)
    with requests_to(aws.dynamodb) as requests:
        assert world.verify().aggregates == 252
    assert sorted(requests) == ["BatchGetItem"] * 6 + ["Scan"] * 2
    assert world.faults == []


def test_states_of_another_fold_are_passed_over_and_counted(world: World) -> None:
    for commit in KEPT_LIFE[1:]:
        world.change(commit, foldVersion={"N": str(CARS.fold_version + 1)}, state={"M": {}})
    assert world.verify() == replace(SOUND, states=3, other_folds=3)
    assert world.faults == []


def test_what_follows_such_a_commit_is_not_missed(world: World) -> None:
    changes = (ColorChanged(Color.RED), MileageChanged(15_000), ColorChanged(Color.BLUE))
    commits = commits_of([car_created()], changes, [Deleted()], car_id=another_car(3))
    for commit in commits:
        world.store.try_append(commit)
        world.project(commit)
    world.change(replace(commits[1], version=3, events=changes[2:]))
    world.finds((NOBODY, 3, "the commit before has this version already"))


def test_the_version_of_an_invalid_event_is_its_own(world: World) -> None:
    events = [*event(color={"S": "red"})["L"], *event(color={"S": "Blue"})["L"]]
    world.change(KEPT_LIFE[3], events={"L": events})
    world.verify()
    assert [fault.version for fault in world.faults if "Blue" in fault.fault] == [6]


def test_an_event_that_has_no_schema_is_found(world: World) -> None:
    schemas = EventSchemas({name: schema for name, schema in SCHEMAS.validators.items() if name[0] != "ColorChanged"})
    found = [fault.fault for fault in schemas.faults(CARS, write_commit(CARS, KEPT_LIFE[1]))]
    assert found == ["ColorChanged: no schema is published for its version 1"]


def test_what_follows_a_commit_that_cannot_be_read_is_still_compared(world: World) -> None:
    world.change(KEPT_LIFE[1], events=event(color={"S": "pink"}))
    world.change(KEPT_LIFE[3], state=state_of(KEPT_LIFE[3], color={"S": "red"}))
    world.verify()
    assert "version 3 is missing" in {fault.fault for fault in world.faults}
    assert (KEPT, 5) in {(fault.aggregate_id, fault.version) for fault in world.faults}


def test_a_view_that_stays_behind_is_found_when_patience_ends(world: World) -> None:
    world.hide(KEPT)
    world.project(KEPT_LIFE[1])
    world.finds((KEPT, 5, "the view is behind: it has version 3"))
    assert world.now == PATIENCE


def test_a_view_that_catches_up_is_none(world: World) -> None:
    world.hide(KEPT)
    world.meanwhile = [lambda: world.project(KEPT_LIFE[2]), lambda: world.project(KEPT_LIFE[3])]
    world.finds()
    assert 0 < world.now < PATIENCE


def test_nobody_is_kept_waiting_who_wants_to_stop(world: World) -> None:
    world.hide(KEPT)
    stop, life = Event(), Life(CARS, KEPT)
    life.follow(write_commit(CARS, KEPT_LIFE[0]))
    stop.set()
    view = ViewCheck(
        EventsTable(CARS, world.store.client, world.store.table),
        world.view.table,
        world.faults.append,
        sleep=world.sleep,
    )
    assert list(view.settle([life], stop)) == []
    assert world.now == 0


def test_no_more_cars_wait_for_the_view_together_than_memory_allows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "MOST_SUSPECTS", 1)
    monkeypatch.setattr(verifying, "BATCH_SIZE", 1)
    world.hide(KEPT)
    world.hide(GONE)
    world.verify()
    assert {fault.aggregate_id for fault in world.faults} == {KEPT, GONE}
    assert world.now == 2 * PATIENCE


NEWER, NEWEST = commits_of(
    *(commit.events for commit in KEPT_LIFE),
    [ColorChanged(Color.WHITE)],
    [ColorChanged(Color.BLACK)],
    car_id=another_car(1),
)[-2:]


def verify_while(world: World, happening: Callable[[], object]) -> Tally:
    """Verify, and let something happen between the reading of the events and that of the view."""

    @dataclass(frozen=True)
    class Overtaken(EventsTable):
        def scan(self, segment: int, segments: int, after: Any = None) -> Iterator[Page]:
            yield from list(super().scan(segment, segments, after))
            happening()

    table = Overtaken(CARS, world.store.client, world.store.table)
    view = ViewCheck(table, world.view.table, world.faults.append, PATIENCE, lambda: world.now, world.sleep)
    return Verification(table, SCHEMAS, view, world.read.append, world.faults.append).run(1)


def test_a_view_that_follows_newer_commits_is_compared_with_these_and_not_with_even_newer_ones(world: World) -> None:
    def traffic() -> None:
        world.change(NEWER)
        world.change(NEWEST)
        world.project(NEWER)

    assert verify_while(world, traffic) == SOUND
    assert (world.faults, world.now) == ([], 0)


def test_a_view_that_follows_newer_commits_wrongly_is_found(world: World) -> None:
    def traffic() -> None:
        world.change(NEWER)
        world.view.put(Viewed(KEPT, 6, replace(EXAMPLE, color=Color.RED, mileage=16_000)))

    verify_while(world, traffic)
    (fault,) = world.faults
    assert (fault.version, fault.fault[:44]) == (6, 'the view has color "red" instead of "white",')


def test_what_is_wrong_with_newer_commits_is_told_too(world: World) -> None:
    def traffic() -> None:
        world.change(NEWER, state=state_of(NEWER, color={"S": "red"}))
        world.project(NEWER)

    verify_while(world, traffic)
    wrong = 'its state is not the fold of the events: color "red" instead of "white"'
    assert world.faults == [Fault(KEPT, 6, wrong)]


def test_every_fault_is_found_and_not_only_the_first(world: World) -> None:
    world.remove(KEPT_LIFE[1])
    world.hide(GONE)
    world.show(NOBODY, version={"N": "4"})
    world.verify()
    assert {fault.aggregate_id for fault in world.faults} == {KEPT, GONE, NOBODY}


def test_a_fault_of_the_table_ends_it(world: World) -> None:
    world.view = replace(world.view, table="nowhere")
    with pytest.raises(world.view.client.exceptions.ResourceNotFoundException):
        world.verify()
