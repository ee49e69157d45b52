"""What a table does that no emulator shows: stale reads, late TTL, pages that end by their size."""

from typing import Any

import pytest

from tests.simulation.world.aws import World
from tests.simulation.world.table import STALE_SECONDS, TTL_LATENESS


@pytest.fixture
def world() -> World:
    return World()


def put_version(world: World, version: int) -> None:
    world.client("dynamodb").put_item(
        TableName="CarViewTable",
        Item={"carId": {"S": "a"}, "version": {"N": str(version)}, "owner": {"S": "jane"}},
    )


def versions_seen(world: World, *, consistent: bool) -> set[int]:
    table = world.tables["CarViewTable"]
    key = {"carId": {"S": "a"}}
    found = [table.get_item({"Key": key, "ConsistentRead": consistent}) for _ in range(100)]
    return {int(answer["Item"]["version"]["N"]) if answer else 0 for answer in found}


def test_a_read_may_be_stale_for_a_second_unless_it_is_consistent(world: World) -> None:
    put_version(world, 1)
    world.clock.advance(10)
    put_version(world, 2)
    assert versions_seen(world, consistent=True) == {2}
    assert versions_seen(world, consistent=False) == {1, 2}
    world.clock.advance(STALE_SECONDS)
    assert versions_seen(world, consistent=False) == {2}


def test_an_index_may_not_know_an_item_yet(world: World) -> None:
    put_version(world, 1)
    query: dict[str, Any] = {
        "IndexName": "byOwner",
        "KeyConditionExpression": "#partition = :partition",
        "ExpressionAttributeNames": {"#partition": "owner"},
        "ExpressionAttributeValues": {":partition": {"S": "jane"}},
    }
    assert {world.tables["CarViewTable"].query(query)["Count"] for _ in range(100)} == {0, 1}


def test_an_expired_item_goes_some_time_within_two_days() -> None:
    gone_after: set[int] = set()
    for seed in range(20):
        world = World(seed)
        expires_at = int(world.clock.now) + 60
        table = world.tables["CarTicketsTable"]
        table.put_item({"Item": {"key": {"S": "k"}, "expiresAt": {"N": str(expires_at)}}})
        world.clock.advance(60)
        assert table.items()
        hours = 0
        while table.items():
            hours += 1
            world.clock.advance(3600)
        gone_after.add(hours)
    assert len(gone_after) > 5
    assert max(gone_after) * 3600 <= TTL_LATENESS + 3600


def test_a_page_ends_where_its_items_reach_its_size(world: World) -> None:
    table = world.tables["CarEventsTable"]
    table.page_bytes = 200
    for version in range(1, 6):
        item = {"carId": {"S": "a"}, "version": {"N": str(version)}, "note": {"S": "x" * 60}}
        table.put_item({"Item": item})
    query: dict[str, Any] = {
        "KeyConditionExpression": "carId = :carId",
        "ExpressionAttributeValues": {":carId": {"S": "a"}},
    }
    page = table.query(query)
    assert page["Count"] == 2
    assert page["LastEvaluatedKey"] == {"carId": {"S": "a"}, "version": {"N": "2"}}


def test_a_written_item_is_a_copy(world: World) -> None:
    item = {"carId": {"S": "a"}, "version": {"N": "1"}}
    world.tables["CarEventsTable"].put_item({"Item": item})
    item["version"]["N"] = "2"
    assert [found["version"]["N"] for found in world.tables["CarEventsTable"].items()] == ["1"]
