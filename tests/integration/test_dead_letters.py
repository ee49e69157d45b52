"""What was set aside: why it is there, and how it is redriven, a car's in order."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from cars.adapters.clock import utc_now
from cars.adapters.dynamodb.commit_item import write_commit
from cars.adapters.dynamodb.event_store import DynamoDbEventStore
from cars.adapters.dynamodb.refolding import Refolder
from cars.adapters.messaging.sqs import SqsDeadLetters, SqsRejects
from cars.application.commits import PublishedEvent
from cars.application.projecting import CarAt, Projector
from cars.application.publishing import Confirmed, Failed, Receipt, Rejected
from cars.domain.car import ColorChanged, MileageChanged
from cars.domain.values import Color
from tests.support.aws import Aws
from tests.support.cars import ROOT, car_created
from tests.support.commits import another_car, commits_of
from tests.support.view import MemoryView
from tools.cars.dlq.dead_letters import DeadLetter, DeadLetterQueue
from tools.cars.dlq.redriving import Redrive, ToCommandQueue, ToTopic, ToView
from tools.cars.dlq.work import Work

A, B = another_car(1), another_car(2)
STORIES = [
    commits_of(
        [car_created(car_id=car)],
        [ColorChanged(Color.RED), MileageChanged(15_000)],
        [MileageChanged(16_000)],
        car_id=car,
    )
    for car in (A, B)
]
GAVE_UP = {
    "requestContext": {"condition": "RetryAttemptsExhausted", "approximateInvokeCount": 9},
    "DDBStreamBatchInfo": {
        "batchSize": 3,
        "approximateArrivalOfFirstRecord": "2026-11-23T08:00:00Z",
        "approximateArrivalOfLastRecord": "2026-11-23T08:10:00Z",
    },
}


@dataclass
class ScriptedTopic:
    answers: dict[int, Receipt] = field(default_factory=dict[int, Receipt])
    heard: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])

    def publish(self, batch: Sequence[PublishedEvent]) -> Sequence[Receipt]:
        receipts = [self.answers.get(event.version, Confirmed()) for event in batch]
        heard = zip(batch, receipts, strict=True)
        self.heard += [(e.commit.aggregate_id, e.version) for e, receipt in heard if isinstance(receipt, Confirmed)]
        return receipts


@pytest.fixture
def letters(aws: Aws) -> DeadLetterQueue:
    return DeadLetterQueue(aws.sqs, aws.create_queue("BroadcastDlq"), wait=0)


@pytest.fixture
def commands(aws: Aws) -> DeadLetterQueue:
    return DeadLetterQueue(aws.sqs, aws.create_queue("CommandsDlq"), wait=0)


@pytest.fixture
def table(store: DynamoDbEventStore) -> DynamoDbEventStore:
    for story in STORIES:
        for commit in story:
            assert store.try_append(commit)
    return store


def set_aside(letters: DeadLetterQueue, *places: tuple[Any, int]) -> None:
    for car, version in places:
        SqsRejects(letters.client, letters.url).set_aside(str(car), version, "too large")


def redrive(letters: DeadLetterQueue, do: Redrive, *, dry_run: bool = False, wanted: Sequence[str] = ()) -> Work:
    work = Work(letters, wanted, do, utc_now() + timedelta(seconds=1), dry_run=dry_run)
    work.through()
    return work


def to(topic: ScriptedTopic, table: DynamoDbEventStore) -> ToTopic:
    return ToTopic(table, topic, Refolder(ROOT, table))


def only(letters: DeadLetterQueue) -> DeadLetter:
    with letters.held() as held:
        (letter,) = held
        return letter


def test_a_set_aside_event_tells_its_reason(letters: DeadLetterQueue) -> None:
    set_aside(letters, (A, 2))
    letter = only(letters)
    assert (letter.car_id, letter.version, letter.reason) == (str(A), 2, "too large")


def test_a_set_aside_message_tells_its_reason(commands: DeadLetterQueue) -> None:
    record: dict[str, Any] = {"body": "poison", "messageId": "m1", "attributes": {"MessageGroupId": str(A)}}
    SqsDeadLetters(commands.client, commands.url).set_aside(record, "json_invalid")
    letter = only(commands)
    assert (letter.body, letter.reason, letter.group, letter.content) == ("poison", "json_invalid", str(A), {})


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (json.dumps(GAVE_UP), "Lambda gave up on 3 commits, written from 2026-11-23T08:00:00Z to 2026-11-23T08:10:00Z"),
        ("not JSON", "moved here by SQS"),
        ("[1]", "moved here by SQS"),
        ("{}", "moved here by SQS"),
        ('{"DDBStreamBatchInfo": 1}', "moved here by SQS"),
    ],
)
def test_whatever_came_otherwise_is_explained(letters: DeadLetterQueue, body: str, reason: str) -> None:
    letters.client.send_message(QueueUrl=letters.url, MessageBody=body)
    assert only(letters).reason.startswith(reason)


def test_looking_takes_nothing_away(letters: DeadLetterQueue) -> None:
    set_aside(letters, *((A, version) for version in range(1, 26)))
    for _ in range(2):
        with letters.held() as held:
            assert sorted(letter.version for letter in held) == list(range(1, 26))
    assert letters.count() == 25


def test_events_are_published_in_their_order_whatever_the_queues_is(
    letters: DeadLetterQueue, table: DynamoDbEventStore
) -> None:
    set_aside(letters, (B, 4), (A, 3), (B, 1), (A, 2))
    topic = ScriptedTopic()
    assert redrive(letters, to(topic, table)).done == 4
    assert topic.heard == [(str(A), 2), (str(A), 3), (str(B), 1), (str(B), 4)]
    assert letters.count() == 0


def test_a_commit_that_could_not_be_read_is_published_whole_once_it_can(
    letters: DeadLetterQueue, table: DynamoDbEventStore
) -> None:
    set_aside(letters, (A, 2))
    topic = ScriptedTopic()
    redrive(letters, to(topic, table))
    assert topic.heard == [(str(A), 2), (str(A), 3)]


def test_a_dry_run_changes_nothing(letters: DeadLetterQueue, table: DynamoDbEventStore) -> None:
    set_aside(letters, (A, 2), (A, 9))
    work = redrive(letters, to(ScriptedTopic(), table), dry_run=True)
    assert (work.done, len(work.left)) == (1, 1)
    assert letters.count() == 2


@pytest.mark.parametrize("answer", [Rejected("too large"), Failed("throttled")])
def test_what_still_cannot_be_published_stays_and_other_cars_go_on(
    letters: DeadLetterQueue, table: DynamoDbEventStore, answer: Receipt
) -> None:
    set_aside(letters, (A, 2), (B, 1))
    topic = ScriptedTopic({2: answer})
    work = redrive(letters, to(topic, table))
    assert (str(B), 1) in topic.heard
    assert only(letters).car_id == str(A)
    assert "too large" in "".join(work.left.values()) or "throttled" in "".join(work.left.values())


def test_a_version_that_is_not_there_stays_and_its_cars_others_go(
    letters: DeadLetterQueue, table: DynamoDbEventStore
) -> None:
    set_aside(letters, (A, 4), (A, 9), (another_car(7), 1))
    topic = ScriptedTopic()
    work = redrive(letters, to(topic, table))
    assert topic.heard == [(str(A), 4)]
    assert len(work.left) == letters.count() == 2


def test_a_corrupt_commit_stays(letters: DeadLetterQueue, table: DynamoDbEventStore) -> None:
    item = {**write_commit(STORIES[0][1]), "events": {"S": "?"}}
    table.client.put_item(TableName=table.table, Item=item)
    set_aside(letters, (A, 2))
    work = redrive(letters, to(ScriptedTopic(), table))
    assert [reason.split(":")[0] for reason in work.left.values()] == ["CorruptItem"]
    assert letters.count() == 1


def test_where_lambda_gave_up_the_message_stays_and_the_others_go(
    letters: DeadLetterQueue, table: DynamoDbEventStore
) -> None:
    letters.client.send_message(QueueUrl=letters.url, MessageBody=json.dumps(GAVE_UP))
    set_aside(letters, (A, 1))
    work = redrive(letters, to(ScriptedTopic(), table))
    assert work.done == 1
    assert "names no car" in "".join(work.left.values())


def test_only_what_is_wanted_is_redriven(letters: DeadLetterQueue, table: DynamoDbEventStore) -> None:
    set_aside(letters, (A, 1), (A, 4))
    with letters.held() as held:
        wanted = next(letter.message_id for letter in held if letter.version == 4)
    topic = ScriptedTopic()
    redrive(letters, to(topic, table), wanted=[wanted])
    assert topic.heard == [(str(A), 4)]
    assert only(letters).version == 1


def test_a_car_is_put_into_the_view_as_it_is_now(letters: DeadLetterQueue, table: DynamoDbEventStore) -> None:
    set_aside(letters, (A, 2), (A, 1))
    view = MemoryView()
    redrive(letters, ToView(table, Projector(view, Refolder(ROOT, table)).project))
    assert [(put.car_id, put.version) for put in view.puts] == [(str(A), 4)]
    assert isinstance(view.puts[0], CarAt)
    assert letters.count() == 0


def poison(commands: DeadLetterQueue, count: int) -> list[str]:
    bodies = [f"message {number}" for number in range(count)]
    for body in bodies:
        record: dict[str, Any] = {"body": body, "messageId": body, "attributes": {"MessageGroupId": str(A)}}
        SqsDeadLetters(commands.client, commands.url).set_aside(record, "json_invalid")
    return bodies


def test_commands_go_back_to_their_queue_in_order_byte_for_byte(aws: Aws, commands: DeadLetterQueue) -> None:
    bodies, queue = poison(commands, 25), aws.create_queue("CommandsQueue")
    assert redrive(commands, ToCommandQueue(aws.sqs, queue)).done == 25
    messages = aws.receive(queue)
    assert [message["Body"] for message in messages] == bodies
    assert {message["Attributes"]["MessageGroupId"] for message in messages} == {str(A)}
    assert commands.count() == 0


def test_what_comes_back_is_not_redriven_for_ever(commands: DeadLetterQueue) -> None:
    done: list[str] = []

    def return_at_once(letters: Sequence[DeadLetter]) -> dict[str, str]:
        done.extend(letter.body for letter in letters)
        poison(commands, 1)
        return {}

    began = utc_now()
    poison(commands, 1)
    Work(commands, (), return_at_once, began - timedelta(hours=1), dry_run=False).through()
    assert done == []
    assert commands.count() == 1
