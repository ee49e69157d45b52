"""What a command costs in requests and capacity units, and what a broadcast costs in requests to SNS.

python -m bench.cost

Counted, not timed: the real handlers run on AWS in memory (moto), their requests are counted, and the units follow
from the sizes of the real items by DynamoDB's documented rules.
"""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from moto import mock_aws

from resources.cars import CARS, MileageChanged
from tests.support.aws import ENVIRONMENT, Aws, make_clients, requests_to
from tests.support.batches import Handling
from tests.support.cars import ANOTHER_OWNER, CAR_ID, NOW, ROOT, car_created, representation
from tests.support.commits import always_a_bmw, another_car, commits_of, stored
from tests.support.dynamodb_size import item_size, read_units, write_units
from tests.support.memory import MemoryLog, MemoryOutcomes, MemoryStuck
from tests.support.messages import message, update
from trigger_pattern.application.backlog import Backlog
from trigger_pattern.application.commits import DecodedCommit
from trigger_pattern.application.publishing import Broadcaster
from trigger_pattern.application.querying import Queries
from trigger_pattern.application.submitting import Caller, CommandSubmitter, Conditions
from trigger_pattern.application.tracking import CommandTracker
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.aws.dynamodb.tickets import DynamoDbTickets
from trigger_pattern.aws.messaging.sns import SnsTopic
from trigger_pattern.aws.messaging.sqs import SqsCommandQueue, SqsRejects
from trigger_pattern.definition.requests import CreateRequest

CHANGES: dict[str, dict[str, Any]] = {
    "1 event": {"mileage": 50_000},
    "4 events": {"color": "red", "mileage": 99_999, "owner": str(ANOTHER_OWNER), "condition": "poor"},
}


def main() -> None:
    """Print every figure."""
    os.environ.update(ENVIRONMENT)
    aws = make_clients()
    print("A command that changes a car, by what it changes and how many events the car had:\n")
    print(f"  {'':10}{'prior':>7}{'requests':>21}{'bytes read':>12}{'units':>7}{'bytes written':>15}{'units':>7}")
    for prior in (10, 10_000):
        with mock_aws():
            handling = Handling.on(aws)
            _fill(handling, prior)
            for number, (title, changes) in enumerate(CHANGES.items(), start=prior + 1):
                print(f"  {title:10}{prior:>7,}{_command(handling, message(number, update(**changes)))}", flush=True)
            print(f"  {'GET':10}{prior:>7,}{_reading(handling)}", flush=True)
    print(f"\nA command with an Idempotency-Key:       {_with_mock(_keyed, aws, timedelta(hours=1))}")
    print(f"  its car changed in the last half hour: {_with_mock(_keyed, aws, timedelta(minutes=1))}")
    print(f"An accepted request:                     {_with_mock(_accept, aws)}")
    for cars, each in ((1, 1), (1, 100), (10, 10), (100, 1), (25, 4)):
        print(f"Broadcast, {cars:>3} cars with {each:>3} events each: {_with_mock(_broadcast, aws, cars, each)}")


def _with_mock(figure: Any, *arguments: Any) -> str:  # noqa: ANN401 - any figure
    with mock_aws():
        return str(figure(*arguments))


def _command(handling: Handling, record: dict[str, Any]) -> str:
    before = _newest_size(handling)
    with handling.requests() as requests:
        assert handling.handle(record) == []
    written = _newest_size(handling)
    assert _head(handling).command_id in record["body"], "the command was not applied"
    return f"{_count(requests):>21}{before:>12}{read_units(before):>7}{written:>15}{write_units(written):>7}"


def _keyed(aws: Aws, at_rest: timedelta) -> str:
    """Count for a car that nobody changed for so long."""
    handling = Handling.on(aws)
    _fill(handling, 1, NOW - at_rest)
    with handling.requests() as requests:
        assert handling.handle(message(2, update(color="red"), keyed=True)) == []
    return _count(requests)


def _reading(handling: Handling) -> str:
    size = _newest_size(handling)
    with handling.requests() as requests:
        Queries(CARS, ROOT, handling.store).now(CAR_ID)
    return f"{_count(requests):>21}{size:>12}{read_units(size):>7}"


def _fill(handling: Handling, prior: int, at: datetime = NOW) -> None:
    """Write a car's history of one event a commit, all at one time."""
    histories = _histories(prior)
    for number, commit in enumerate(commits_of(*histories)):
        position = replace(commit.position, sequence=number)
        assert handling.store.try_append(replace(commit, position=position, issued_at=at, occurred_at=at))


def _histories(count: int) -> list[Sequence[object]]:
    return [[car_created(mileage=0)], *([MileageChanged(n)] for n in range(1, count))]


def _head(handling: Handling) -> DecodedCommit:
    head = handling.store.head(CAR_ID)
    assert head
    return head


def _newest_size(handling: Handling) -> int:
    return item_size(write_commit(CARS, _head(handling)))


def _accept(aws: Aws) -> str:
    queue = SqsCommandQueue(CARS, aws.sqs, aws.create_queue("CarCommandsQueue"))
    tickets = DynamoDbTickets(CARS, aws.dynamodb, aws.create_table("CarTicketsTable"), lambda: NOW)
    tracker = CommandTracker(MemoryLog(), MemoryOutcomes(), lambda: NOW)
    backlog = Backlog(queue, MemoryStuck(), lambda bits: (1 << bits) - 1, print)
    submitter = CommandSubmitter(
        CARS, queue, backlog, tickets, tracker, lambda: NOW, lambda bits: (1 << bits) - 1, print
    )
    request, caller = CreateRequest(submitter.new_id(), representation()), Caller("bench", "bench", "bench")
    with requests_to(aws.sqs) as requests, requests_to(aws.dynamodb) as more:
        submitter.submit(request, caller, Conditions())
    with requests_to(aws.sqs) as keyed, requests_to(aws.dynamodb) as stored:
        submitter.submit(request, caller, Conditions(idempotency_key="key"))
    return f"{_count(requests + more)}; with an Idempotency-Key {_count(stored + keyed)}"


def _broadcast(aws: Aws, cars: int, each: int) -> str:
    topic = SnsTopic(CARS, aws.sns, aws.create_topic("CarEvents"), "tag:example.com,2026:cars/bench")
    commits = [commit for number in range(cars) for commit in commits_of(*_histories(each), car_id=another_car(number))]
    with requests_to(aws.sns) as requests:
        Broadcaster(CARS, topic, SqsRejects(CARS, aws.sqs, ""), always_a_bmw).broadcast(map(stored, commits))
    return f"{_count(requests):>16}, {len(requests) / (cars * each):.2f} requests an event"


def _count(requests: Sequence[str]) -> str:
    return " + ".join(f"{count} {name}" for name, count in Counter(requests).items())


if __name__ == "__main__":
    main()
