"""The example in examples/subscriber: its real template, deployed beside the system, hearing of real cars."""

import json
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from examples.subscriber.local import APP, deploy
from tests.support.pipeline import PATIENCE, Pipeline, eventually
from tools.subscriber import Received, Subscriber


@dataclass(frozen=True)
class Mileage:
    """The deployed example."""

    pipeline: Pipeline
    outputs: dict[str, str]

    def line(self, owner: str) -> tuple[int, int]:
        """Return an owner's cars and miles."""
        item = self._item("OwnersTableName", {"owner": {"S": owner}})
        return (int(item["cars"]["N"]), int(item["miles"]["N"])) if item else (0, 0)

    def version(self, car_id: str) -> int:
        """Return the last version of a car that the report covers."""
        item = self._item("CarsTableName", {"carId": {"S": car_id}})
        return int(item["version"]["N"]) if item else 0

    def settled(self, car_id: str, version: int) -> bool:
        """Wait until a car's version is covered, and every message handled; give whether none failed."""
        eventually(lambda: self.version(car_id) == version and not self.waiting("QueueUrl"))
        return not self.waiting("DeadLetterQueueUrl")

    def deliver(self, events: Sequence[Received]) -> None:
        """Send events straight to the queue: SNS would take copies for duplicates, and keep the order."""
        for received in events:
            self.pipeline.sqs.send_message(
                QueueUrl=self.outputs["QueueUrl"], MessageBody=json.dumps(received.event),
                MessageGroupId=received.group, MessageDeduplicationId=str(uuid4()),
            )  # fmt: skip

    @contextmanager
    def deaf(self) -> Generator[None]:
        """Lose what is published meanwhile."""
        self._filter({"type": ["nothing"]})
        try:
            yield
        finally:
            self._filter({})

    def waiting(self, queue: str, *states: str) -> int:
        """Count a queue's messages, of all states unless told otherwise: those that are tried now are NotVisible."""
        names: Any = [f"ApproximateNumberOfMessages{state}" for state in states or ("", "NotVisible")]
        found: Any = self.pipeline.sqs.get_queue_attributes(QueueUrl=self.outputs[queue], AttributeNames=names)
        return sum(int(found["Attributes"][name]) for name in names)

    def _filter(self, policy: dict[str, Any]) -> None:
        self.pipeline.stack.aws.sns().set_subscription_attributes(
            SubscriptionArn=self.outputs["SubscriptionArn"], AttributeName="FilterPolicy",
            AttributeValue=json.dumps(policy),
        )  # fmt: skip

    def _item(self, table: str, key: Any) -> Any:
        answer = self.pipeline.dynamodb.get_item(TableName=self.outputs[table], Key=key, ConsistentRead=True)
        return answer.get("Item")


def test_the_report_follows_a_car_from_owner_to_owner(mileage: Mileage) -> None:
    anna, boris = owners()
    car_id = mileage.pipeline.create(mileage=100, owner=anna)
    mileage.pipeline.put(car_id, mileage=150, owner=anna)
    mileage.pipeline.put(car_id, mileage=150, owner=boris, color="red")
    mileage.pipeline.put(car_id, mileage=157, owner=boris, color="red")
    assert mileage.settled(car_id, version=5)
    assert (mileage.line(anna), mileage.line(boris)) == ((0, 50), (1, 7))
    deleted = mileage.pipeline.client.accepted("DELETE", f"/cars/{car_id}")
    assert mileage.pipeline.client.outcome(deleted)["status"] == "succeeded"
    assert mileage.settled(car_id, version=6)
    assert mileage.line(boris) == (0, 7)


def test_lost_events_are_read_from_the_registry_when_the_next_one_arrives(
    mileage: Mileage, subscriber: Subscriber
) -> None:
    anna, boris = owners()
    car_id = mileage.pipeline.create(mileage=100, owner=anna)
    assert mileage.settled(car_id, version=1)
    with mileage.deaf():
        mileage.pipeline.put(car_id, mileage=150, owner=boris)
        assert len(subscriber.take(3, PATIENCE)) == 3
    assert mileage.version(car_id) == 1
    mileage.pipeline.put(car_id, mileage=157, owner=boris)
    assert mileage.settled(car_id, version=4)
    assert (mileage.line(anna), mileage.line(boris)) == ((0, 50), (1, 7))


def test_events_in_any_order_and_number_count_once_each(mileage: Mileage, subscriber: Subscriber) -> None:
    anna, boris = owners()
    with mileage.deaf():
        car_id = mileage.pipeline.create(mileage=100, owner=anna)
        mileage.pipeline.put(car_id, mileage=150, owner=boris)
        events = subscriber.take(3, PATIENCE)
    assert [received.event["carversion"] for received in events] == [1, 2, 3]
    mileage.deliver([*reversed(events), *events, *events])
    assert mileage.settled(car_id, version=3)
    assert (mileage.line(anna), mileage.line(boris)) == ((0, 50), (1, 0))


def test_what_is_no_event_waits_for_its_next_try_and_holds_up_nobody(mileage: Mileage) -> None:
    owner, _ = owners()
    nonsense = [Received({"specversion": "0.3"}, {}, group) for group in owners()]
    mileage.deliver(nonsense)
    eventually(lambda: mileage.waiting("QueueUrl", "NotVisible") == len(nonsense))
    car_id = mileage.pipeline.create(owner=owner)
    eventually(lambda: mileage.version(car_id) == 1)
    assert mileage.waiting("QueueUrl") >= len(nonsense)  # the car's own message may not be removed yet
    mileage.pipeline.sqs.purge_queue(QueueUrl=mileage.outputs["QueueUrl"])


def test_a_car_that_was_there_before_is_read_from_its_beginning_with_the_functions_own_rights(
    guarded: Pipeline,
) -> None:
    owner, _ = owners()
    car_id = guarded.create(mileage=1_000, owner=owner)
    guarded.put(car_id, mileage=1_100, owner=owner)
    with deployed(guarded) as mileage:
        assert mileage.version(car_id) == 0
        guarded.put(car_id, mileage=1_130, owner=owner)
        assert mileage.settled(car_id, version=3)
        assert mileage.line(owner) == (1, 130)


def owners() -> tuple[str, str]:
    """Make up two owners that no other test knows."""
    return str(uuid4()), str(uuid4())


@contextmanager
def deployed(pipeline: Pipeline) -> Generator[Mileage]:
    yield Mileage(pipeline, deploy(pipeline.stack))
    pipeline.stack.aws.cloudformation().delete_stack(StackName=APP.stack)


@pytest.fixture(scope="module")
def mileage(pipeline: Pipeline) -> Generator[Mileage]:
    with deployed(pipeline) as mileage:
        yield mileage
