"""What queues, and Lambda's poller of them, do that no emulator shows, or not within a test's time."""

from itertools import pairwise
from typing import Any

import pytest

from tests.simulation.world.aws import World
from tests.simulation.world.queue import DEDUPLICATION_SECONDS, RETENTION_SECONDS, ExpiredReceipt, Queue
from tests.simulation.world.queue_mapping import Delivery, QueueMapping
from tests.support.messages import sqs_record


@pytest.fixture
def world() -> World:
    return World()


def fill(queue: Queue, *bodies: str) -> None:
    """Send messages whose group is their first letter."""
    for body in bodies:
        queue.send(body, body[0], body)


def bodies(delivery: Delivery | None) -> list[str]:
    return [record["body"] for record in delivery.event["Records"]] if delivery else []


def ids(delivery: Delivery, *wanted: str) -> dict[str, Any]:
    """Write the partial batch response that fails these bodies."""
    failed = [record["messageId"] for record in delivery.event["Records"] if record["body"] in wanted]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def test_a_deduplication_id_is_forgotten_after_five_minutes(world: World) -> None:
    world.commands.send("1", "a", "k")
    world.clock.advance(DEDUPLICATION_SECONDS - 1)
    world.commands.send("2", "a", "k")
    world.clock.advance(1)
    world.commands.send("3", "a", "k")
    assert [message.body for message in world.commands.messages] == ["1", "3"]


def test_a_message_is_forgotten_after_fourteen_days(world: World) -> None:
    fill(world.commands, "a1")
    world.clock.advance(RETENTION_SECONDS)
    assert not world.commands_mapping.poll()


def test_groups_are_looked_for_among_the_first_messages_alone(world: World) -> None:
    world.commands.window = 3
    fill(world.commands, "a1", "a2", "a3", "b1")
    world.commands.receive(1)
    assert world.commands.receive() == []


def test_numbers_say_nothing_across_groups() -> None:
    orders: set[bool] = set()
    for seed in range(20):
        queue = World(seed).commands
        orders.add(queue.send("1", "a", "1").sequence < queue.send("2", "b", "2").sequence)
    assert orders == {True, False}


def test_numbers_have_twenty_digits_and_are_not_consecutive(world: World) -> None:
    numbers = [world.commands.send(str(i), "a", str(i)).sequence for i in range(20)]
    assert {len(str(number)) for number in numbers} == {20}
    assert len({later - earlier for earlier, later in pairwise(numbers)}) > 5


def test_a_batch_holds_a_groups_messages_in_order_and_no_other_batch_any_of_them(world: World) -> None:
    fill(world.commands, "a1", "a2", "b1", "a3", "c1")
    world.commands_mapping.batch_size = 3
    batches: list[list[str]] = []
    while delivery := world.commands_mapping.poll():
        batches.append(bodies(delivery))
    where = {group: [body for batch in batches for body in batch if body[0] == group] for group in "abc"}
    assert all(found == [f"{group}{i + 1}" for i in range(len(found))] for group, found in where.items())
    for group in "abc":
        assert len([batch for batch in batches if any(body[0] == group for body in batch)]) == 1


def test_what_failed_comes_again_at_the_visibility_timeout_and_its_group_waits(world: World) -> None:
    fill(world.commands, "a1", "a2", "a3", "b1")
    delivery = world.commands_mapping.poll()
    assert delivery
    world.commands_mapping.succeeded(delivery, ids(delivery, "a2", "a3"))
    fill(world.commands, "a4", "b2")
    assert bodies(world.commands_mapping.poll()) == ["b2"]
    world.clock.advance(world.commands.visibility)
    again = world.commands_mapping.poll()
    assert [body for body in bodies(again) if body[0] == "a"] == ["a2", "a3", "a4"]


@pytest.mark.parametrize("response", [None, {}, {"batchItemFailures": None}, {"batchItemFailures": []}])
def test_no_failures_named_is_a_success(world: World, response: Any) -> None:
    fill(world.commands, "a1", "a2")
    delivery = world.commands_mapping.poll()
    assert delivery
    world.commands_mapping.succeeded(delivery, response)
    assert world.commands.messages == []


@pytest.mark.parametrize("entry", [{"itemIdentifier": ""}, {"itemIdentifier": None}, {"id": "x"}])
def test_a_failure_without_a_name_is_a_failure_of_all(world: World, entry: Any) -> None:
    fill(world.commands, "a1", "a2")
    delivery = world.commands_mapping.poll()
    assert delivery
    world.commands_mapping.succeeded(delivery, {"batchItemFailures": [entry]})
    assert len(world.commands.messages) == 2


def test_after_a_crash_everything_comes_again_with_its_numbers(world: World) -> None:
    fill(world.commands, "a1", "a2")
    first = world.commands_mapping.poll()
    assert first
    world.commands_mapping.failed(first)
    assert world.commands_mapping.poll() is None
    at = world.next_change()
    assert at is not None
    world.clock.advance_to(at)
    second = world.commands_mapping.poll()
    assert second
    for before, after in zip(first.event["Records"], second.event["Records"], strict=True):
        assert after["messageId"] == before["messageId"]
        assert after["receiptHandle"] != before["receiptHandle"]
        assert after["attributes"] == before["attributes"] | {"ApproximateReceiveCount": "2"}


def test_a_lost_delete_brings_a_message_again_though_it_succeeded(world: World) -> None:
    mapping = QueueMapping(world.commands, world.dice, lost_deletes=1.0)
    fill(world.commands, "a1")
    delivery = mapping.poll()
    assert delivery
    mapping.succeeded(delivery, {"batchItemFailures": []})
    world.clock.advance(world.commands.visibility)
    assert bodies(mapping.poll()) == ["a1"]


def test_a_function_slower_than_the_visibility_deletes_nothing(world: World) -> None:
    fill(world.commands, "a1")
    slow = world.commands_mapping.poll()
    assert slow
    world.clock.advance(world.commands.visibility)
    assert bodies(world.commands_mapping.poll()) == ["a1"]
    world.commands_mapping.succeeded(slow, {"batchItemFailures": []})
    assert len(world.commands.messages) == 1


def test_visibility_can_be_put_off(world: World) -> None:
    fill(world.commands, "a1")
    (message,) = world.commands.receive()
    world.commands.change_visibility(message.receipt, 300)
    world.clock.advance(200)
    assert not world.commands.receive()
    world.clock.advance(100)
    with pytest.raises(ExpiredReceipt):
        world.commands.change_visibility(message.receipt, 300)
    assert world.commands.receive()


def test_a_redriven_dead_letter_is_a_new_message_with_a_higher_number(world: World) -> None:
    world.commands.max_receives = 1
    fill(world.commands, "a1")
    (before,) = world.commands.receive()
    world.clock.advance(world.commands.visibility)
    assert not world.commands.receive()
    (letter,) = world.commands_dlq.messages
    assert (letter.id, letter.deduplication_id) == (before.id, before.id)
    assert world.commands_dlq.redrive_to(world.commands) == 1
    (after,) = world.commands.receive()
    assert after.id != before.id
    assert after.sequence > before.sequence
    assert after.sent_at == world.clock.now
    assert world.commands_dlq.messages == []


def test_a_replaced_queue_has_another_arn_and_leaves_its_messages(world: World) -> None:
    fill(world.commands, "a1")
    old, old_mapping = world.replace_commands_queue("CommandsQueue2")
    assert world.commands.arn != old.arn
    assert world.resources["CarCommandsQueue"] == world.commands.url != old.url
    assert bodies(old_mapping.poll()) == ["a1"]
    assert world.commands.max_receives == old.max_receives


def test_a_standard_queue_keeps_no_order_and_may_give_a_message_twice() -> None:
    orders: set[tuple[str, ...]] = set()
    for seed in range(40):
        queue = World(seed).broadcast_dlq
        for body in "123":
            queue.send(body)
        orders.add(tuple(message.body for message in (*queue.receive(), *queue.receive())))
    assert len({order for order in orders if len(order) == 3}) == 6
    assert any(len(order) > 3 for order in orders)


def test_a_record_has_what_lambda_gives(world: World) -> None:
    reason = {"Reason": {"DataType": "String", "StringValue": "why"}}
    world.commands.send("x", "a", "k", reason)
    delivery = world.commands_mapping.poll()
    assert delivery
    (record,) = delivery.event["Records"]
    like = sqs_record("x")
    assert record.keys() == like.keys()
    assert record["attributes"].keys() == like["attributes"].keys()
    assert record["md5OfBody"] == like["md5OfBody"]
    assert record["messageAttributes"] == {
        "Reason": {"stringValue": "why", "stringListValues": [], "binaryListValues": [], "dataType": "String"}
    }
