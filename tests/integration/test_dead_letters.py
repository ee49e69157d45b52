"""Dead letters: their reasons, and redriving them, each car's in order."""

import json
import signal
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, NoReturn

import pytest
from botocore.exceptions import ClientError
from click import ClickException
from click.testing import CliRunner, Result
from moto.core.utils import unix_time_millis

from resources.cars import CARS, Color, ColorChanged, MileageChanged
from tests.support.aws import Aws, requests_to, whenever
from tests.support.cars import ROOT, car_created
from tests.support.commits import another_car, commits_of
from tests.support.view import MemoryView
from tools.ops.dlq import command
from tools.ops.dlq.command import dlq
from tools.ops.dlq.dead_letters import DeadLetterQueue
from tools.ops.dlq.from_events import ToTopic, ToView
from tools.ops.dlq.letter import DeadLetter, described
from tools.ops.dlq.queues import TOGETHER
from tools.ops.dlq.redriving import Redrive, ToCommandQueue
from tools.ops.dlq.showing import print_letters, print_lines
from tools.ops.dlq.work import BROKEN_OFF, HOLD, NOT_MET, SINCE, Work
from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.application.projecting import Projector, Viewed
from trigger_pattern.application.publishing import Confirmed, Failed, Receipt, Rejected
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.filters import Filters
from trigger_pattern.aws.dynamodb.refolding import Refolder
from trigger_pattern.aws.messaging.sqs import SqsDeadLetters, SqsRejects

A, B = another_car(1), another_car(2)
STORIES = [
    commits_of(
        [car_created()],
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
    return DeadLetterQueue(CARS, aws.sqs, aws.create_queue("CarBroadcastDlq"), wait=0)


@pytest.fixture
def commands(aws: Aws) -> DeadLetterQueue:
    return DeadLetterQueue(CARS, aws.sqs, aws.create_queue("CarCommandsDlq"), wait=0)


@pytest.fixture
def table(store: DynamoDbEventStore) -> DynamoDbEventStore:
    for story in STORIES:
        for commit in story:
            assert store.try_append(commit)
    return store


def set_aside(letters: DeadLetterQueue, *places: tuple[Any, int]) -> None:
    for car, version in places:
        SqsRejects(CARS, letters.client, letters.url).set_aside(str(car), version, "too large")


def redrive(letters: DeadLetterQueue, do: Redrive, *, dry_run: bool = False, wanted: Sequence[str] = ()) -> Work:
    work = work_of(letters, do, dry_run=dry_run, wanted=wanted)
    work.through()
    return work


def work_of(letters: DeadLetterQueue, do: Redrive, *, dry_run: bool = False, wanted: Sequence[str] = ()) -> Work:
    name = "commands" if letters.url.endswith(".fifo") else "broadcast"
    return Work(letters, wanted, do, together=TOGETHER[name], dry_run=dry_run)


def to(topic: ScriptedTopic, table: DynamoDbEventStore) -> ToTopic:
    return ToTopic(CARS, table, topic, Filters(CARS, table))


def only(letters: DeadLetterQueue) -> DeadLetter:
    (letter,) = all_of(letters)
    return letter


def all_of(letters: DeadLetterQueue) -> list[DeadLetter]:
    with letters.held(HOLD) as held:
        return held.take(10_000)


def test_a_set_aside_event_tells_its_reason(letters: DeadLetterQueue) -> None:
    set_aside(letters, (A, 2))
    letter = only(letters)
    assert (letter.aggregate_id, letter.version, letter.reason) == (A, 2, "too large")


def test_a_set_aside_message_tells_its_reason(commands: DeadLetterQueue) -> None:
    record: dict[str, Any] = {"body": "poison", "messageId": "m1", "attributes": {"MessageGroupId": A}}
    SqsDeadLetters(commands.client, commands.url).set_aside(record, "json_invalid")
    letter = only(commands)
    assert (letter.body, letter.reason, letter.group) == ("poison", "json_invalid", A)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (json.dumps(GAVE_UP), "Lambda gave up on 3 commits, written from 2026-11-23T08:00:00Z to 2026-11-23T08:10:00Z"),
        ("not JSON", "moved here by SQS"),
        ("[1]", "moved here by SQS"),
        ("{}", "moved here by SQS"),
        ('{"DDBStreamBatchInfo": 1, "requestContext": {"condition": 1}}', "moved here by SQS"),
    ],
)
def test_whatever_came_otherwise_is_explained(letters: DeadLetterQueue, body: str, reason: str) -> None:
    letters.client.send_message(QueueUrl=letters.url, MessageBody=body)
    assert only(letters).reason.startswith(reason)


def test_looking_takes_nothing_away(letters: DeadLetterQueue) -> None:
    set_aside(letters, *((A, version) for version in range(1, 26)))
    for _ in range(2):
        assert sorted(letter.version for letter in all_of(letters)) == list(range(1, 26))
    assert letters.count() == 25


def test_events_are_published_in_their_order_whatever_the_queues_is(
    letters: DeadLetterQueue, table: DynamoDbEventStore
) -> None:
    set_aside(letters, (B, 4), (A, 3), (B, 1), (A, 2))
    topic = ScriptedTopic()
    assert len(redrive(letters, to(topic, table)).done) == 4
    assert sorted(topic.heard, key=lambda heard: heard[0]) == [(A, 2), (A, 3), (B, 1), (B, 4)]
    assert letters.count() == 0


def test_an_order_is_kept_over_more_letters_than_sqs_gives_at_a_time(
    letters: DeadLetterQueue, table: DynamoDbEventStore
) -> None:
    set_aside(letters, *[(A, 4)] * 10, (A, 1))
    topic = ScriptedTopic()
    redrive(letters, to(topic, table))
    assert topic.heard == [(A, 1), (A, 4)]


@pytest.mark.parametrize(("version", "heard"), [(2, [2, 3]), (3, [3])], ids=["a commit", "its second event"])
def test_of_a_commit_the_event_of_the_letter_and_those_after_it_are_published(
    letters: DeadLetterQueue, table: DynamoDbEventStore, version: int, heard: list[int]
) -> None:
    set_aside(letters, (A, version))
    topic = ScriptedTopic()
    redrive(letters, to(topic, table))
    assert topic.heard == [(A, each) for each in heard]


def test_a_dry_run_changes_nothing(letters: DeadLetterQueue, table: DynamoDbEventStore) -> None:
    set_aside(letters, (A, 2), (A, 9))
    work = redrive(letters, to(ScriptedTopic(), table), dry_run=True)
    assert (len(work.done), len(work.left)) == (1, 1)
    assert letters.count() == 2


@pytest.mark.parametrize("answer", [Rejected("too large"), Failed("throttled")])
def test_what_still_cannot_be_published_stays_and_other_cars_go_on(
    letters: DeadLetterQueue, table: DynamoDbEventStore, answer: Receipt
) -> None:
    set_aside(letters, (A, 2), (B, 1))
    topic = ScriptedTopic({2: answer})
    work = redrive(letters, to(topic, table))
    assert (B, 1) in topic.heard
    assert only(letters).aggregate_id == A
    assert "too large" in "".join(work.left.values()) or "throttled" in "".join(work.left.values())


def test_a_version_that_is_not_there_stays_and_its_cars_others_go(
    letters: DeadLetterQueue, table: DynamoDbEventStore
) -> None:
    set_aside(letters, (A, 4), (A, 9), (another_car(7), 1))
    topic = ScriptedTopic()
    work = redrive(letters, to(topic, table))
    assert topic.heard == [(A, 4)]
    assert len(work.left) == letters.count() == 2


def test_a_corrupt_commit_stays(letters: DeadLetterQueue, table: DynamoDbEventStore) -> None:
    item = {**write_commit(CARS, STORIES[0][1]), "events": {"S": "?"}}
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
    assert len(work.done) == 1
    assert "names no car" in "".join(work.left.values())


def test_only_what_is_wanted_is_redriven(letters: DeadLetterQueue, table: DynamoDbEventStore) -> None:
    set_aside(letters, (A, 1), (A, 4))
    wanted = next(letter.message_id for letter in all_of(letters) if letter.version == 4)
    topic = ScriptedTopic()
    redrive(letters, to(topic, table), wanted=[wanted])
    assert topic.heard == [(A, 4)]
    assert only(letters).version == 1


def test_a_car_is_put_into_the_view_as_it_is_now(letters: DeadLetterQueue, table: DynamoDbEventStore) -> None:
    set_aside(letters, (A, 2), (A, 1))
    view = MemoryView()
    redrive(letters, ToView(table, Projector(view, Refolder(ROOT, table)).project))
    assert [(put.aggregate_id, put.version) for put in view.puts] == [(A, 4)]
    assert isinstance(view.puts[0], Viewed)
    assert letters.count() == 0


def poison(commands: DeadLetterQueue, *bodies: str, group: object = A) -> list[str]:
    """Set bodies aside, each under a number of its own: SQS would take two of one for one."""
    for body in bodies:
        number = str(commands.count())
        record: dict[str, Any] = {"body": body, "messageId": number, "attributes": {"MessageGroupId": str(group)}}
        SqsDeadLetters(commands.client, commands.url).set_aside(record, "json_invalid")
    return list(bodies)


def numbered(count: int) -> list[str]:
    return [f"message {number}" for number in range(count)]


def test_commands_go_back_to_their_queue_in_order_byte_for_byte(aws: Aws, commands: DeadLetterQueue) -> None:
    bodies, queue = poison(commands, *numbered(25)), aws.create_queue("CarCommandsQueue")
    assert len(redrive(commands, ToCommandQueue(aws.sqs, queue)).done) == 25
    messages = aws.receive(queue)
    assert [message["Body"] for message in messages] == bodies
    assert {message["Attributes"]["MessageGroupId"] for message in messages} == {A}
    assert commands.count() == 0


def test_a_body_does_not_reorder_a_queue_that_keeps_an_order(aws: Aws, commands: DeadLetterQueue) -> None:
    bodies, queue = poison(commands, '{"version": 9}', '{"version": 1}'), aws.create_queue("CarCommandsQueue")
    redrive(commands, ToCommandQueue(aws.sqs, queue))
    assert [message["Body"] for message in aws.receive(queue)] == bodies


def test_a_redrive_that_was_broken_off_and_is_run_again_sends_no_command_twice(
    aws: Aws, commands: DeadLetterQueue
) -> None:
    bodies, queue = poison(commands, *numbered(3)), aws.create_queue("CarCommandsQueue")
    work = work_of(commands, ToCommandQueue(aws.sqs, queue))
    with whenever(commands.client, "before-call.sqs.DeleteMessageBatch", fail), pytest.raises(ClientError):
        work.through()
    assert (work.done, list(work.left.values())) == (set(), [BROKEN_OFF] * 3)
    assert len(redrive(commands, ToCommandQueue(aws.sqs, queue)).done) == 3
    assert [message["Body"] for message in aws.receive(queue)] == bodies


def fail(**_: object) -> NoReturn:
    raise ClientError({"Error": {"Code": "Outage", "Message": "of SQS"}}, "Any")


# What others hold.


def test_nothing_is_redriven_while_somebody_else_holds_a_letter(
    letters: DeadLetterQueue, table: DynamoDbEventStore
) -> None:
    topic = ScriptedTopic()
    set_aside(letters, (A, 1))
    with letters.held(HOLD) as somebody_else:
        somebody_else.take()
        set_aside(letters, (A, 2))
        with (
            requests_to(letters.client) as requests,
            pytest.raises(ClickException, match=r"^1 messages are out of sight"),
        ):
            redrive(letters, to(topic, table))
    assert "ReceiveMessage" not in requests
    assert topic.heard == []
    assert len(redrive(letters, to(topic, table)).done) == 2


def test_nothing_is_redriven_where_somebody_else_begins_at_the_same_time(
    letters: DeadLetterQueue, table: DynamoDbEventStore
) -> None:
    topic, rivals = ScriptedTopic(), ["somebody else"]
    set_aside(letters, (A, 1), (A, 2))

    def take_one(**_: object) -> None:
        if rivals and rivals.pop():
            letters.client.receive_message(QueueUrl=letters.url, VisibilityTimeout=60)

    with whenever(letters.client, "before-call.sqs.ReceiveMessage", take_one), pytest.raises(ClickException):
        redrive(letters, to(topic, table))
    assert topic.heard == []
    assert letters.hidden() == 1


# What is held, and how long.


@dataclass
class Later:
    """SQS's time, and this machine's, as far ahead as a test says."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds

    def milliseconds(self) -> float:
        return unix_time_millis() + 1000 * self.seconds


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    ahead = Later()
    monkeypatch.setattr("moto.sqs.models.unix_time_millis", ahead.milliseconds)
    return ahead


def test_letters_are_held_as_long_as_the_work_on_them_takes(letters: DeadLetterQueue, later: Later) -> None:
    patient = DeadLetterQueue(CARS, letters.client, letters.url, wait=0, clock=later)
    set_aside(patient, *((another_car(number), 1) for number in range(12)))
    hidden: list[int] = []

    def slowly(_: Sequence[DeadLetter]) -> dict[str, str]:
        later.seconds += HOLD / 2
        hidden.append(patient.hidden())
        return {}

    redrive(patient, slowly)
    assert hidden == list(range(12, 0, -1))


def test_what_was_deleted_is_not_let_go_of(letters: DeadLetterQueue) -> None:
    set_aside(letters, *((A, version) for version in range(1, 26)))
    with requests_to(letters.client) as requests:
        redrive(letters, print_lines)
    assert requests.count("DeleteMessageBatch") == 3
    assert "ChangeMessageVisibilityBatch" not in requests


@pytest.mark.parametrize("moment", ["after-call.sqs.ReceiveMessage", "before-call.sqs.ChangeMessageVisibilityBatch"])
def test_ctrl_c_leaves_no_letter_hidden(letters: DeadLetterQueue, moment: str) -> None:
    """It comes while letters are on their way here, or are let go of, and comes again."""
    set_aside(letters, *((A, version) for version in range(1, 26)))

    def ctrl_c(**_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
    try:
        with whenever(letters.client, moment, ctrl_c), pytest.raises(KeyboardInterrupt):
            all_of(letters)
    finally:
        signal.signal(signal.SIGINT, before)
    assert letters.hidden() == 0


def test_a_fault_while_letters_are_let_go_of_hides_nothing_that_went_before(letters: DeadLetterQueue) -> None:
    set_aside(letters, (A, 1))
    with whenever(letters.client, "before-call.sqs.ChangeMessageVisibilityBatch", fail):
        assert len(all_of(letters)) == 1


def test_what_sqs_does_not_delete_is_left_and_told(commands: DeadLetterQueue) -> None:
    poison(commands, *numbered(2))

    def expire(params: Any, **_: object) -> None:
        params["Entries"][0]["ReceiptHandle"] = "expired"

    with whenever(commands.client, "before-parameter-build.sqs.DeleteMessageBatch", expire):
        work = redrive(commands, print_lines)
    assert list(work.left.values()) == ["done, but not deleted: ReceiptHandleIsInvalid"]
    assert len(work.done) == 1
    assert (commands.count(), commands.hidden()) == (1, 0)


# What is met.


def test_a_letter_that_is_not_in_the_queue_is_left(letters: DeadLetterQueue) -> None:
    set_aside(letters, (A, 1))
    work = redrive(letters, print_lines, wanted=["nowhere"])
    assert (work.done, work.left) == (set(), {"nowhere": NOT_MET})


def test_a_letter_behind_ten_of_its_car_is_left(commands: DeadLetterQueue) -> None:
    ids = [
        commands.client.send_message(
            QueueUrl=commands.url, MessageBody=body, MessageGroupId=A, MessageDeduplicationId=body
        )["MessageId"]
        for body in numbered(12)
    ]
    work = redrive(commands, print_lines, wanted=[ids[0], ids[11]])
    assert (work.done, work.left) == ({ids[0]}, {ids[11]: NOT_MET})
    assert commands.count() == 11


# SQS's clock.


@contextmanager
def sqs_says(letters: DeadLetterQueue, time: datetime) -> Generator[None]:
    def tell(parsed: Any, **_: object) -> None:
        parsed["ResponseMetadata"]["HTTPHeaders"]["date"] = format_datetime(time, usegmt=True)

    with whenever(letters.client, "after-call.sqs.GetQueueAttributes", tell):
        yield


def test_the_time_is_sqss_own_to_the_end_of_its_second(letters: DeadLetterQueue) -> None:
    with sqs_says(letters, datetime(2026, 11, 23, 9, 50, 58, tzinfo=UTC)):
        assert letters.now() == datetime(2026, 11, 23, 9, 50, 58, 999_000, tzinfo=UTC)


def test_what_came_after_the_beginning_is_left_and_told(letters: DeadLetterQueue) -> None:
    set_aside(letters, (A, 1))
    with sqs_says(letters, datetime.now(UTC) - timedelta(seconds=2)):
        work = redrive(letters, print_lines)
    assert (work.done, list(work.left.values())) == (set(), [SINCE])
    assert letters.count() == 1


def test_what_comes_back_is_not_redriven_for_ever(commands: DeadLetterQueue, later: Later) -> None:
    """Poison comes back with a new id, and no clock but SQS's tells it from what was there."""
    redriven: list[str] = []

    def return_at_once(letters: Sequence[DeadLetter]) -> dict[str, str]:
        redriven.extend(letter.body for letter in letters)
        later.seconds += 2
        poison(commands, "comes back")
        return {}

    poison(commands, "poison")
    work = redrive(commands, return_at_once)
    assert redriven == ["poison"]
    assert (len(work.done), list(work.left.values())) == (1, [SINCE])
    assert only(commands).body == "comes back"


def test_a_poison_message_that_comes_back_within_the_second_is_left_with_its_reason(commands: DeadLetterQueue) -> None:
    redriven: list[str] = []

    def return_at_once(letters: Sequence[DeadLetter]) -> dict[str, str]:
        redriven.extend(letter.body for letter in letters)
        poison(commands, "poison")
        return {}

    poison(commands, "poison")
    work = redrive(commands, return_at_once)
    assert redriven == ["poison"]
    assert (len(work.done), list(work.left.values())) == (0, ["done again, and came back: json_invalid"])
    assert work.back == work.left.keys()


def test_what_comes_back_a_little_later_is_seen_too(commands: DeadLetterQueue) -> None:
    """It is in the queue again only after the queue was found empty twice: when it was taken, and when it was done."""
    receives: list[str] = []

    def come_back_late(**_: object) -> None:
        receives.append("ReceiveMessage")
        if len(receives) == 4:
            poison(commands, "poison")

    poison(commands, "poison", "sound")
    work = Work(commands, [], lambda _: {}, together=10, dry_run=False, back_within=1)
    with whenever(commands.client, "before-call.sqs.ReceiveMessage", come_back_late):
        work.through()
    assert (len(work.done), len(work.back), len(work.left)) == (1, 1, 1)


def test_a_copy_that_was_there_from_the_beginning_did_not_come_back(commands: DeadLetterQueue) -> None:
    poison(commands, "twice", *numbered(10), "twice")  # a FIFO queue gives ten at a time
    with sqs_says(commands, datetime.now(UTC) + timedelta(seconds=2)):
        work = redrive(commands, lambda _: {})
    assert (len(work.done), work.left) == (12, {})


# Bodies that nobody expects.

NONSENSE = [
    "null",
    "not JSON",
    "[" * 100_000,
    '{"version": 1}',
    '{"carId": "", "version": 1}',
    '{"carId": 5, "version": 1}',
    f'{{"carId": ["{A}"], "version": 1}}',
    f'{{"carId": "{"x" * 3_000}", "version": 1}}',
    r'{"carId": "\ud800", "version": 1}',
    f'{{"carId": "{A}"}}',
    *(
        f'{{"carId": "{A}", "version": {version}}}'
        for version in ('"1"', "true", "-1", "0", "0.5", "NaN", '{"of": [1]}', "1" + "0" * 40, "1" + "0" * 5_000)
    ),
    '{"reason": 5}',
    json.dumps(GAVE_UP).replace('"batchSize": 3', f'"batchSize": {"[" * 600}{"]" * 600}'),
]


@pytest.fixture
def nonsense(letters: DeadLetterQueue) -> DeadLetterQueue:
    for body in NONSENSE:
        letters.client.send_message(QueueUrl=letters.url, MessageBody=body)
    set_aside(letters, (A, 1))
    return letters


def test_no_body_stops_a_redrive_of_others(nonsense: DeadLetterQueue, table: DynamoDbEventStore) -> None:
    topic, view = ScriptedTopic(), MemoryView()
    to_view = ToView(table, Projector(view, Refolder(ROOT, table)).project)
    for work in redrive(nonsense, to(topic, table), dry_run=True), redrive(nonsense, to_view):
        assert (len(work.done), len(work.left)) == (1, len(NONSENSE))
        assert {reason.split(";")[0] for reason in work.left.values()} == {"it names no car and version"}
    assert topic.heard == [(A, 1)]
    assert view.puts[-1].version == 4


def test_every_body_is_told_as_it_is(nonsense: DeadLetterQueue) -> None:
    held = all_of(nonsense)
    print_letters(held, 0)
    told = json.loads(json.dumps([described(letter) for letter in held], indent=2))
    assert {*NONSENSE} < {letter["body"] for letter in told}


def test_a_version_that_is_not_there_leaves_its_own_letter_only(
    letters: DeadLetterQueue, table: DynamoDbEventStore
) -> None:
    set_aside(letters, (A, 2), (A, 9))
    view = MemoryView()
    work = redrive(letters, ToView(table, Projector(view, Refolder(ROOT, table)).project))
    assert [put.version for put in view.puts] == [4]
    assert list(work.left.values()) == ["the events table does not have version 9"]


# The command line.


@dataclass
class Operator:
    queue: DeadLetterQueue
    do: Redrive = print_lines

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(dlq(CARS), arguments)


@pytest.fixture
def operator(commands: DeadLetterQueue, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operator]:
    operator = Operator(commands)

    def queue_of(*_: object) -> DeadLetterQueue:
        return operator.queue

    def redrive_of(*_: object, **__: object) -> Redrive:
        return operator.do

    monkeypatch.setattr("tools.ops.target.find", queue_of)
    monkeypatch.setattr(command, "queue_of", queue_of)
    monkeypatch.setattr(command, "redrive_of", redrive_of)
    monkeypatch.setattr(command, "BACK_WITHIN", 0)
    yield operator
    assert operator.queue.hidden() == 0


def test_what_a_dry_run_cannot_see_is_told(operator: Operator) -> None:
    poison(operator.queue, *numbered(12))
    unseen = ", and about 2 that cannot be seen now: behind these, or held by somebody else.\n"
    for arguments in ("drop", "commands", "--all", "--dry-run"), ("show", "commands"):
        done = operator.run(*arguments)
        assert done.exit_code == 0
        assert done.output.endswith(unseen)
    assert operator.run("redrive", "commands", "--dry-run").output.endswith(f"10 would be redriven, 0 left{unseen}")
    assert operator.run("drop", "commands", "--all", "--yes").output.endswith("12 dropped.\n")


def test_no_more_is_shown_than_can_be_looked_at(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "MOST", 10)
    for car in range(3):
        poison(operator.queue, *numbered(10), group=another_car(car))
    assert "\n10 messages, and about 20 that cannot be seen now" in operator.run("show", "commands").output


@pytest.mark.parametrize("arguments", [("redrive",), ("drop", "--yes")])
def test_a_message_that_is_not_met_is_no_success(operator: Operator, arguments: Sequence[str]) -> None:
    done = operator.run(*arguments, "commands", "--message", "nowhere")
    assert done.exit_code == 1
    assert f"nowhere: {NOT_MET}\n" in done.stderr


def test_what_was_done_before_a_fault_is_told(operator: Operator) -> None:
    def do(letters: Sequence[DeadLetter]) -> dict[str, str]:
        return {} if letters[0].group == A else fail()

    operator.do = do
    poison(operator.queue, "first", group=A)
    poison(operator.queue, "second", group=B)
    done = operator.run("redrive", "commands")
    assert done.exit_code == 1
    assert done.stdout == "1 redriven, 1 left.\n"
    assert BROKEN_OFF in done.stderr
    assert "Outage" in done.stderr


def test_what_was_back_at_once_is_not_counted_as_redriven(operator: Operator) -> None:
    def return_at_once(letters: Sequence[DeadLetter]) -> dict[str, str]:
        if letters[0].group == A:
            poison(operator.queue, letters[0].body, group=A)
        return {}

    operator.do = return_at_once
    poison(operator.queue, "poison", group=A)
    poison(operator.queue, "sound", group=B)
    done = operator.run("redrive", "commands")
    assert (done.exit_code, done.stdout) == (1, "1 redriven, 1 left (1 of them back at once).\n")


def test_a_redrive_that_is_refused_tells_no_result(operator: Operator) -> None:
    poison(operator.queue, "poison")
    with operator.queue.held(HOLD) as somebody_else:
        somebody_else.take()
        done = operator.run("redrive", "commands", "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "out of sight" in done.stderr


@pytest.mark.parametrize("body", [r'{"reason": "\u001b]0;x\u009b2J\r"}', "\r\x9b2J"])
def test_what_is_shown_plays_no_tricks_on_a_terminal(operator: Operator, body: str) -> None:
    """SQS takes few control characters in a body; JSON can name all."""
    operator.queue.client.send_message(
        QueueUrl=operator.queue.url, MessageGroupId="1", MessageDeduplicationId="1", MessageBody=body
    )
    shown = operator.run("show", "commands").output
    assert "2J" in shown
    assert not {"\x1b", "\x9b", "\r"} & set(shown)
