"""How a client meets faults: what it sends again by itself, what its caller sees, and what is true by then."""

from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError, EndpointConnectionError, ReadTimeoutError

from tests.simulation.world.aws import Rates, World
from tests.simulation.world.expressions import NotModelled
from tests.simulation.world.faults import Crashed, Kind
from trigger_pattern.aws.clients import CLIENT_CONFIG, READER_CONFIG

ITEM = {"carId": {"S": "a"}, "version": {"N": "1"}}


@pytest.fixture
def world() -> World:
    return World()


def put(world: World, config: Any = CLIENT_CONFIG) -> Any:
    client = world.client("dynamodb", config)
    return client.put_item(TableName="CarEventsTable", Item=ITEM, ConditionExpression="attribute_not_exists(carId)")


def stored(world: World) -> int:
    return len(world.tables["CarEventsTable"].items())


@pytest.mark.parametrize("kind", [Kind.UNREACHABLE, Kind.UNANSWERED, Kind.THROTTLED, Kind.SERVER_ERROR])
def test_a_client_sends_again_what_failed_before_it_took_effect(world: World, kind: Kind) -> None:
    world.faults.script("PutItem", kind, kind)
    put(world)
    assert stored(world) == 1


@pytest.mark.parametrize("kind", [Kind.UNREACHABLE, Kind.UNANSWERED, Kind.THROTTLED, Kind.SERVER_ERROR])
def test_the_third_failure_is_the_callers(world: World, kind: Kind) -> None:
    world.faults.script("PutItem", kind, kind, kind)
    with pytest.raises((ClientError, BotoCoreError)):
        put(world)
    assert stored(world) == 0


@pytest.mark.parametrize("kind", [Kind.LOST_ANSWER, Kind.LATE_ERROR])
def test_a_write_whose_answer_was_lost_is_sent_again_and_meets_itself(world: World, kind: Kind) -> None:
    world.faults.script("PutItem", kind)
    with pytest.raises(world.client("dynamodb").exceptions.ConditionalCheckFailedException):
        put(world)
    assert stored(world) == 1


def test_a_reader_sends_once(world: World) -> None:
    world.faults.script("PutItem", Kind.LOST_ANSWER)
    with pytest.raises(ReadTimeoutError):
        put(world, READER_CONFIG)
    assert stored(world) == 1


def test_an_answer_of_no_is_not_sent_for_again(world: World) -> None:
    put(world)
    with pytest.raises(world.client("dynamodb").exceptions.ConditionalCheckFailedException):
        put(world)
    world.faults.script("PutItem", Kind.LOST_ANSWER, Kind.LOST_ANSWER, Kind.LOST_ANSWER)
    with pytest.raises(ReadTimeoutError):
        put(world)


def test_a_message_whose_answer_was_lost_is_sent_again_and_kept_once(world: World) -> None:
    world.faults.script("SendMessage", Kind.LOST_ANSWER)
    sqs = world.client("sqs", CLIENT_CONFIG)
    for url in (world.commands.url, world.broadcast_dlq.url):
        fifo = {"MessageGroupId": "a", "MessageDeduplicationId": "k"} if url == world.commands.url else {}
        world.faults.script("SendMessage", Kind.LOST_ANSWER)
        sqs.send_message(QueueUrl=url, MessageBody="x", **fifo)
    assert (len(world.commands.messages), len(world.broadcast_dlq.messages)) == (1, 2)


def test_a_crash_ends_everything_before_the_call_or_after_it(world: World) -> None:
    world.faults.script("PutItem", Kind.CRASH_BEFORE, Kind.CRASH_AFTER)
    for so_many in (0, 1):
        with pytest.raises(Crashed):
            put(world)
        assert stored(world) == so_many


def test_no_handler_of_exceptions_swallows_a_crash() -> None:
    assert not issubclass(Crashed, Exception)
    assert not issubclass(NotModelled, Exception)


def test_failing_takes_the_time_that_the_client_is_configured_to_wait(world: World) -> None:
    begun = world.clock.now
    world.faults.script("GetItem", Kind.UNREACHABLE, Kind.LOST_ANSWER, Kind.LOST_ANSWER)
    with pytest.raises(ReadTimeoutError):
        world.client("dynamodb", CLIENT_CONFIG).get_item(TableName="CarTicketsTable", Key={"key": {"S": "k"}})
    assert 1 + 2 + 2 <= world.clock.now - begun <= 1 + 2 + 2 + 1 + 2


def test_an_instance_ends_when_its_time_is_over(world: World) -> None:
    world.host.deadline = world.clock.now + 1.5
    world.faults.script("PutItem", Kind.LOST_ANSWER)
    with pytest.raises(Crashed, match="out of time"):
        put(world)
    assert world.clock.now == world.host.deadline
    assert stored(world) == 1


def test_others_may_act_while_a_call_is_under_way(world: World) -> None:
    points: list[tuple[str, int]] = []
    world.meanwhile = lambda _host, point: points.append((point, stored(world)))
    put(world)
    assert points == [("before PutItem", 0), ("after PutItem", 1)]


def test_rates_make_faults_and_quiet_ends_them() -> None:
    world = World(faults_at={Kind.UNREACHABLE: 1.0})
    with pytest.raises(EndpointConnectionError):
        put(world)
    world.quiet()
    put(world)


def test_a_batch_may_leave_one_tables_keys_unprocessed() -> None:
    world = World(rates=Rates(unprocessed_keys=0.5))
    put(world)
    keys = {"CarEventsTable": ITEM, "CarOutcomesTable": {"commandId": {"S": "c"}}}
    asked = {table: {"Keys": [key], "ConsistentRead": True} for table, key in keys.items()}
    seen: set[tuple[bool, str]] = set()
    for _ in range(50):
        answer = world.client("dynamodb").batch_get_item(RequestItems=asked)
        left = "".join(answer["UnprocessedKeys"])
        assert answer["Responses"].keys() == asked.keys() - {left}
        seen.add((answer["Responses"].get("CarEventsTable") == [ITEM], left))
    assert seen == {(True, ""), (True, "CarOutcomesTable"), (False, "CarEventsTable")}


def test_what_no_function_does_is_noticed(world: World) -> None:
    with pytest.raises(AttributeError):
        world.client("dynamodb").delete_item()
    with pytest.raises(AttributeError):
        world.client("sqs").receive_message()
    with pytest.raises(NotModelled):
        world.client("s3")
    with pytest.raises(NotModelled):
        world.client("dynamodb").get_item(TableName="CarTicketsTable", Key={}, ProjectionExpression="carId")
    asked = {"CarEventsTable": {"Keys": [ITEM], "ProjectionExpression": "carId"}}
    with pytest.raises(NotModelled):
        world.client("dynamodb").batch_get_item(RequestItems=asked)
    with pytest.raises(NotModelled):
        world.client("dynamodb").put_item(
            TableName="CarEventsTable", Item=ITEM, ConditionExpression="attribute_exists(carId)"
        )


def test_a_mistake_of_the_models_is_no_fault_of_aws(world: World) -> None:
    with pytest.raises(NotModelled):
        world.client("dynamodb").put_item(TableName="CarEventsTable", Item={"carId": {"S": "a"}})
