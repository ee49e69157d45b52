"""What the stream's readers do with batches that fail, which the emulator does otherwise (DESIGN §7)."""

import json
from collections.abc import Callable

import pytest

from tests.simulation.world.aws import World
from tests.simulation.world.settings import MAXIMUM_AGE
from tests.simulation.world.stream import RETENTION_SECONDS
from tests.simulation.world.stream_reader import Batch, StreamReader
from tests.support.aws import stream_record


@pytest.fixture
def world() -> World:
    return World(shards=1)


def write(world: World, *versions: int, car: str = "a") -> None:
    for version in versions:
        item = {"carId": {"S": car}, "version": {"N": str(version)}}
        world.tables["CarEventsTable"].put_item({"Item": item})


def versions(batch: Batch | None) -> list[int]:
    return [int(record["dynamodb"]["Keys"]["version"]["N"]) for record in batch.event["Records"]] if batch else []


def drain(
    world: World, reader: StreamReader, fails: Callable[[list[int]], bool], attempts: int = 50
) -> list[list[int]]:
    """Run a function that fails for some batches; return every batch that it was given."""
    given: list[list[int]] = []
    while reader.lag() and len(given) < attempts:
        batch = reader.poll()
        if batch is None:
            at = reader.next_change()
            assert at is not None
            world.clock.advance_to(at)
        else:
            given.append(versions(batch))
            (reader.failed if fails(given[-1]) else reader.succeeded)(batch)
    return given


def test_a_batch_has_a_shards_records_in_the_order_of_their_writing(world: World) -> None:
    write(world, *range(1, 151))
    assert drain(world, world.broadcaster, lambda _: False) == [list(range(1, 101)), list(range(101, 151))]


def test_two_readers_have_each_a_position(world: World) -> None:
    write(world, 1, 2)
    assert drain(world, world.broadcaster, lambda _: False) == [[1, 2]]
    assert drain(world, world.projector, lambda _: False) == [[1, 2]]


def test_one_batch_of_a_shard_at_a_time(world: World) -> None:
    write(world, 1)
    batch = world.broadcaster.poll()
    write(world, 2)
    assert batch
    assert world.broadcaster.poll() is None
    world.broadcaster.succeeded(batch)
    assert versions(world.broadcaster.poll()) == [2]


def test_a_batch_that_fails_is_halved_until_what_fails_is_alone(world: World) -> None:
    write(world, *range(1, 9))
    given = drain(world, world.broadcaster, lambda batch: 6 in batch and len(batch) > 1)
    assert given == [[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4], [5, 6, 7, 8], [5, 6], [5], [6], [7, 8]]


def test_what_fails_holds_up_its_shard_and_no_other() -> None:
    world = World(shards=4)
    for number in range(20):
        write(world, 1, car=f"car-{number}")
    given = 0
    for _ in range(30):
        batch = world.broadcaster.poll()
        if batch and batch.shard == 0:
            world.broadcaster.failed(batch)
        elif batch:
            given += len(batch.event["Records"])
            world.broadcaster.succeeded(batch)
    assert given == sum(map(len, world.stream.records[1:]))
    assert world.broadcaster.lag() == len(world.stream.records[0]) > 0


def test_a_failing_record_is_given_up_by_its_age_and_told_by_its_place(world: World) -> None:
    write(world, 1)
    world.clock.advance(3600)
    write(world, 2)
    given = drain(world, world.broadcaster, lambda batch: 1 in batch, attempts=10_000)
    assert given[0] == [1, 2]
    assert given[-1] == [2]
    assert world.clock.now - world.stream.records[0][0].written_at > MAXIMUM_AGE["EventBroadcaster"]
    (message,) = world.broadcast_dlq.messages
    place = json.loads(message.body)["DDBStreamBatchInfo"]
    number = world.stream.records[0][0].content["dynamodb"]["SequenceNumber"]
    assert (place["startSequenceNumber"], place["endSequenceNumber"], place["batchSize"]) == (number, number, 1)


def test_a_reader_that_never_ran_loses_what_the_stream_forgot(world: World) -> None:
    write(world, 1)
    world.clock.advance(RETENTION_SECONDS + 1)
    write(world, 2)
    assert drain(world, world.broadcaster, lambda _: False) == [[2]]
    assert world.broadcast_dlq.messages == []


def test_a_batch_may_be_given_again_though_it_succeeded(world: World) -> None:
    write(world, 1)
    world.broadcaster.repeats = 1.0
    batch = world.broadcaster.poll()
    assert batch
    world.broadcaster.succeeded(batch)
    assert versions(world.broadcaster.poll()) == [1]


def test_only_inserts_are_given(world: World) -> None:
    table = world.tables["CarEventsTable"]
    write(world, 1)
    table.put_item({"Item": {"carId": {"S": "a"}, "version": {"N": "1"}, "note": {"S": "changed"}}})
    assert [record.content["eventName"] for record in world.stream.records[0]] == ["INSERT", "MODIFY"]
    assert drain(world, world.broadcaster, lambda _: False) == [[1]]
    assert world.broadcaster.lag() == 0


def test_a_cars_commits_are_in_one_shard() -> None:
    world = World(shards=3)
    write(world, *range(1, 20))
    assert sorted(map(len, world.stream.records)) == [0, 0, 19]


def test_a_record_has_what_lambda_gives(world: World) -> None:
    write(world, 1)
    batch = world.broadcaster.poll()
    assert batch
    (record,) = batch.event["Records"]
    like = stream_record({"carId": {"S": "a"}, "version": {"N": "1"}})
    assert record.keys() == like.keys() | {"eventSourceARN"}
    assert record["dynamodb"].keys() == like["dynamodb"].keys()
    assert record["dynamodb"]["NewImage"] == like["dynamodb"]["NewImage"]
    assert record["dynamodb"]["ApproximateCreationDateTime"] == int(world.clock.now)
