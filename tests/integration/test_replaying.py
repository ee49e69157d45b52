"""Replays: all of the history, each car's in order, once; also after being broken off, and past what cannot be read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from resources.cars import CARS, Color, ColorChanged, Deleted, MileageChanged
from tests.support.aws import Aws
from tests.support.cars import car_created
from tests.support.commits import another_car, commits_of, published
from tools.ops.replay.event_queue import SqsEventQueue
from tools.ops.replay.plan import Fault, Plan, Progress
from tools.ops.replay.replaying import Replay
from tools.ops.scanning import EventsTable
from trigger_pattern.application.cloud_event import cloud_event
from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.application.publishing import Broadcaster, Confirmed, Failed, PublishingFailed, Receipt
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.filters import Filters

COUNT = 5
SOURCE = "tag:example.com,2026:cars/cars-prod"
STORIES = [
    commits_of(
        [car_created()],
        [ColorChanged(Color.RED), MileageChanged(15_000)],
        [MileageChanged(16_000)],
        [Deleted()],
        car_id=another_car(n),
    )
    for n in range(COUNT)
]
EVENTS = {commits[0].aggregate_id: published(*commits) for commits in STORIES}


@dataclass
class Heard:
    """A topic that remembers, and fails when it has confirmed so many."""

    patience: int = 10_000
    events: list[PublishedEvent] = field(default_factory=list[PublishedEvent])

    def publish(self, batch: Sequence[PublishedEvent]) -> Sequence[Receipt]:
        receipts: list[Receipt] = []
        for event in batch:
            taken = len(self.events) < self.patience
            self.events += [event] if taken else []
            receipts.append(Confirmed() if taken else Failed("throttled"))
        return receipts

    def versions(self, car: int) -> list[int]:
        return [event.version for event in self.events if event.commit.aggregate_id == another_car(car)]


@dataclass
class World:
    store: DynamoDbEventStore
    folder: Path
    read: list[int] = field(default_factory=list[int])
    faults: list[Fault] = field(default_factory=list[Fault])

    def plan(self, **wishes: Any) -> Plan:
        return Plan("r1", self.store.table, "queue", **wishes)

    def run(self, topic: Any, progress: Progress, chunk: int = 3) -> None:
        table = EventsTable(CARS, self.store.client, self.store.table)
        broadcaster = Broadcaster(CARS, topic, progress, Filters(CARS, self.store))
        progress.begin()
        try:
            Replay(table, broadcaster, progress, self.read.append, Event(), chunk).run()
        finally:
            self.faults = progress.faults

    def replay(self, **wishes: Any) -> Heard:
        topic = Heard()
        self.run(topic, Progress.of(CARS, self.plan(**wishes), self.folder))
        return topic

    def change(self, car: int, commit: int, **attributes: Any) -> None:
        item = {**write_commit(CARS, STORIES[car][commit]), **attributes}
        self.store.client.put_item(TableName=self.store.table, Item=item)

    def remove(self, car: int, commit: int) -> None:
        key: Any = {name: write_commit(CARS, STORIES[car][commit])[name] for name in ("carId", "version")}
        self.store.client.delete_item(TableName=self.store.table, Key=key)


@pytest.fixture
def world(store: DynamoDbEventStore, tmp_path: Path) -> World:
    for commit in chain(*STORIES):
        assert store.try_append(commit)
    return World(store, tmp_path)


def test_every_event_is_sent_once_and_each_cars_in_order(world: World) -> None:
    topic = world.replay()
    assert [topic.versions(car) for car in range(COUNT)] == [[1, 2, 3, 4, 5]] * COUNT
    assert world.faults == []


def test_every_commit_is_told_as_read(world: World) -> None:
    world.replay()
    assert sum(world.read) == COUNT * 4


def test_what_is_sent_is_what_was_broadcast(world: World, aws: Aws) -> None:
    url = aws.sqs.create_queue(QueueName="subscriber.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    world.run(SqsEventQueue(CARS, aws.sqs, url, SOURCE, "r1"), Progress.of(CARS, world.plan(), world.folder))
    messages = aws.receive(url)
    sent = {message["Attributes"]["MessageDeduplicationId"]: message for message in messages}
    assert len(messages) == len(sent) == COUNT * 5
    for event in chain(*EVENTS.values()):
        message = sent[f"{event.commit.aggregate_id}/{event.version}/r1"]
        assert message["Body"] == json_of(event)
        assert message["Attributes"]["MessageGroupId"] == event.commit.aggregate_id
        assert message["MessageAttributes"]["replay"]["StringValue"] == "r1"
        assert message["MessageAttributes"]["make"]["StringValue"] == "BMW"


def test_a_standard_queue_takes_a_replay_too(world: World, aws: Aws) -> None:
    url = aws.sqs.create_queue(QueueName="subscriber")["QueueUrl"]
    world.run(SqsEventQueue(CARS, aws.sqs, url, SOURCE, "r1"), Progress.of(CARS, world.plan(), world.folder))
    assert len(aws.receive(url)) == COUNT * 5


def json_of(event: PublishedEvent) -> str:
    return json.dumps(cloud_event(CARS, event, SOURCE), separators=(",", ":"))


def test_one_car_is_sent_by_itself(world: World) -> None:
    topic = world.replay(aggregate_id=another_car(2))
    assert [topic.versions(car) for car in range(COUNT)] == [[], [], [1, 2, 3, 4, 5], [], []]


def test_a_car_that_never_was_is_nothing_to_send(world: World) -> None:
    assert world.replay(aggregate_id=another_car(99)).events == []


def test_only_some_types_are_sent(world: World) -> None:
    topic = world.replay(types=("Created", "Deleted"))
    assert [topic.versions(car) for car in range(COUNT)] == [[1, 5]] * COUNT


def test_only_what_happened_since_is_sent(world: World) -> None:
    third = STORIES[0][2].occurred_at.isoformat()
    assert world.replay(since=third).versions(0) == [4, 5]


@pytest.mark.parametrize("taken", range(1, COUNT * 5))
def test_a_replay_that_was_broken_off_goes_on_and_loses_nothing(world: World, taken: int) -> None:
    first, second = Heard(taken), Heard()
    with pytest.raises(PublishingFailed):
        world.run(first, Progress.of(CARS, world.plan(), world.folder))
    world.run(second, Progress.resume(CARS, "r1", world.folder))
    for car in range(COUNT):
        assert list(dict.fromkeys(first.versions(car) + second.versions(car))) == [1, 2, 3, 4, 5]
    assert len(second.events) <= COUNT * 5 - taken + CHUNK_EVENTS


CHUNK_EVENTS = 5
"""A chunk of three commits has at most so many events; they are what may be sent twice."""


def test_a_fault_is_still_known_when_it_goes_on(corrupt: World) -> None:
    with pytest.raises(PublishingFailed):
        corrupt.run(Heard(17), Progress.of(CARS, corrupt.plan(), corrupt.folder))
    assert [fault["carId"] for fault in corrupt.faults] == [another_car(2)]
    corrupt.run(Heard(), Progress.resume(CARS, "r1", corrupt.folder))
    assert [fault["carId"] for fault in corrupt.faults] == [another_car(2)]


def test_a_gap_is_still_known_when_it_goes_on(world: World) -> None:
    world.remove(3, 1)
    with pytest.raises(PublishingFailed):
        world.run(Heard(16), Progress.of(CARS, world.plan(), world.folder), chunk=1)
    second = Heard()
    world.run(second, Progress.resume(CARS, "r1", world.folder), chunk=1)
    assert second.versions(3) == []
    assert second.versions(4) == [1, 2, 3, 4, 5]


def test_a_dry_run_leaves_an_interrupted_replay_as_it_is(world: World) -> None:
    with pytest.raises(PublishingFailed):
        world.run(Heard(8), Progress.of(CARS, world.plan(), world.folder))
    kept = [file.read_text() for file in world.folder.iterdir()]
    rehearsal = Progress.resume(CARS, "r1", world.folder).rehearsal()
    world.run(Heard(), rehearsal)
    rehearsal.forget()
    assert [file.read_text() for file in world.folder.iterdir()] == kept


def test_one_segment_that_fails_stops_the_others(world: World) -> None:
    stop = Event()
    stop.set()
    topic = Heard()
    progress = Progress.of(CARS, world.plan(), world.folder)
    table = EventsTable(CARS, world.store.client, world.store.table)
    broadcaster = Broadcaster(CARS, topic, progress, Filters(CARS, world.store))
    Replay(table, broadcaster, progress, world.read.append, stop, 3).run()
    assert sum(world.read) == 3


def test_what_is_done_is_not_sent_again(world: World) -> None:
    world.replay()
    again = Heard()
    world.run(again, Progress.resume(CARS, "r1", world.folder))
    assert again.events == []


def test_a_replay_knows_its_plan_when_it_goes_on(world: World) -> None:
    plan = world.plan(types=("Created",), since="2026-01-01T00:00:00Z", aggregate_id=another_car(1))
    world.run(Heard(), Progress.of(CARS, plan, world.folder))
    assert Progress.resume(CARS, "r1", world.folder).plan == plan


def test_a_finished_replay_leaves_no_file(world: World) -> None:
    progress = Progress.of(CARS, world.plan(), world.folder)
    world.run(Heard(), progress)
    progress.forget()
    assert list(world.folder.iterdir()) == []


GREEN: dict[str, Any] = {
    "type": {"S": "ColorChanged"},
    "schemaVersion": {"N": "1"},
    "data": {"M": {"color": {"S": "green"}}},
}
UNREADABLE = {"envelope": {"S": "?"}, "event": {"L": [{"M": GREEN}]}}


@pytest.fixture(params=UNREADABLE.values(), ids=list(UNREADABLE))
def corrupt(world: World, request: pytest.FixtureRequest) -> World:
    world.change(2, 1, events=request.param)
    return world


def test_a_car_is_sent_up_to_what_cannot_be_read_and_the_others_whole(corrupt: World) -> None:
    topic = corrupt.replay()
    assert [topic.versions(car) for car in range(COUNT)] == [[1, 2, 3, 4, 5]] * 2 + [[1]] + [[1, 2, 3, 4, 5]] * 2
    (fault,) = corrupt.faults
    assert (fault["carId"], fault["version"]) == (another_car(2), 2)
    assert str(fault["fault"]).startswith("Corrupt")


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_car_is_sent_up_to_a_gap(world: World, missing: int) -> None:
    world.remove(3, missing)
    before = [1, 2, 3, 4, 5][: STORIES[3][missing].version - 1]
    assert world.replay().versions(3) == before
    (fault,) = world.faults
    assert (fault["carId"], fault["version"]) == (another_car(3), STORIES[3][missing + 1].version)
    assert str(fault["fault"]).startswith("Gap: ")


def test_commits_of_another_fold_are_sent_as_they_were_broadcast(world: World, aws: Aws) -> None:
    for number in range(4):
        world.change(1, number, foldVersion={"N": str(CARS.fold_version + 1)}, state={"M": {}})
    topic = world.replay()
    assert [event for event in topic.events if event.commit.aggregate_id == another_car(1)]
    assert {event.filters["make"] for event in topic.events} == {"BMW"}


def test_an_event_of_newer_code_is_sent_as_it_is_stored(world: World) -> None:
    newer: dict[str, Any] = {
        "type": {"S": "Repainted"},
        "schemaVersion": {"N": "3"},
        "data": {"M": {"coats": {"N": "2"}}},
    }
    world.change(1, 2, events={"L": [{"M": newer}]})
    topic = world.replay()
    assert topic.versions(1) == [1, 2, 3, 4, 5]
    (sent,) = [event.event for event in topic.events if event.event["type"] == "Repainted"]
    assert sent == {"type": "Repainted", "schemaVersion": 3, "data": {"coats": 2}}
    assert world.faults == []
