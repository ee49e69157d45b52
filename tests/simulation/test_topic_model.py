from typing import Any

import pytest

from tests.simulation.world.aws import Rates, World
from tests.simulation.world.queue import DEDUPLICATION_SECONDS
from tests.simulation.world.subscriber import Subscriber


def entry(version: int, car: str = "a") -> dict[str, Any]:
    return {
        "Id": f"{car}{version}",
        "Message": f'{{"subject": "{car}", "carversion": {version}}}',
        "MessageGroupId": car,
        "MessageDeduplicationId": f"{car}/{version}",
    }


@pytest.fixture
def world() -> World:
    return World()


def test_entries_fail_each_by_itself() -> None:
    world = World(rates=Rates(failing_entries=0.5))
    queue = world.subscribe("subscriber")
    entries = [entry(1, car) for car in "abcdefghij"]
    answer = world.client("sns").publish_batch(TopicArn=world.topic.arn, PublishBatchRequestEntries=entries)
    taken, failed = ([part["Id"] for part in answer[name]] for name in ("Successful", "Failed"))
    assert sorted(taken + failed) == sorted(part["Id"] for part in entries)
    assert taken
    assert failed
    assert {part["Code"] for part in answer["Failed"]} <= {"InternalError", "Throttling"}
    assert [f"{message.group}1" for message in queue.messages] == taken


def test_an_entry_without_a_group_is_never_taken(world: World) -> None:
    answer = world.topic.publish_batch([{"Id": "1", "Message": "x"}])
    assert [(part["Code"], part["SenderFault"]) for part in answer["Failed"]] == [("InvalidParameter", True)]


def test_after_five_minutes_an_event_is_delivered_again(world: World) -> None:
    queue = world.subscribe("subscriber")
    for wait in (0, DEDUPLICATION_SECONDS - 1, 1):
        world.clock.advance(wait)
        world.topic.publish_batch([entry(1)])
    assert len(queue.messages) == 2


def test_delivery_may_be_late_but_keeps_its_order(world: World) -> None:
    queue = world.subscribe("subscriber")
    world.topic.late = 1.0
    world.topic.publish_batch([entry(1)])
    world.topic.publish_batch([entry(2)])
    assert queue.messages == []
    world.topic.late = 0.0
    world.topic.publish_batch([entry(3)])
    assert [message.deduplication_id for message in queue.messages] == ["a/1", "a/2", "a/3"]


def test_too_many_entries_are_an_error(world: World) -> None:
    with pytest.raises(Exception, match="TooManyEntriesInBatchRequest"):
        world.client("sns").publish_batch(
            TopicArn=world.topic.arn, PublishBatchRequestEntries=[entry(i) for i in range(11)]
        )


def test_a_slow_subscriber_hears_the_rest_of_its_batch_again(world: World) -> None:
    subscriber = Subscriber(world.subscribe("subscriber"), world.dice, lapses=1.0)
    world.topic.publish_batch([entry(1), entry(2)])
    assert subscriber.take() == 2
    subscriber.lapses = 0.0
    assert subscriber.take() == 0
    world.clock.advance(subscriber.queue.visibility)
    assert subscriber.take() == 2
    assert subscriber.versions("a") == [1, 2, 1, 2]
