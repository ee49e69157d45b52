"""What a wait reads: the next commit of a car and the outcome of a command, with one request."""

from typing import Any

import pytest

from resources.cars import CARS, Color, ColorChanged, MileageChanged
from tests.support.aws import Aws, parameters_of, requests_to, whenever
from tests.support.cars import CAR_ID, NOW, car_created
from tests.support.commits import command_id, commits_of, stored
from trigger_pattern.application.commits import StoredCommit
from trigger_pattern.application.idempotency import Ticket
from trigger_pattern.application.ids import new_id
from trigger_pattern.application.outcomes import OutcomeRecorder
from trigger_pattern.application.tracking import Pending
from trigger_pattern.application.waiting import CommandWaiter, Trace
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.outcomes import DynamoDbOutcomes
from trigger_pattern.aws.dynamodb.traces import DynamoDbTraces

CAR = CAR_ID
CREATION, CHANGES = commits_of([car_created()], [ColorChanged(Color.RED), MileageChanged(15_000)])
REFUSED = command_id(7)


@pytest.fixture
def traces(store: DynamoDbEventStore, outcomes: DynamoDbOutcomes) -> DynamoDbTraces:
    """Both tables, with a car's two commits and the outcome of one command."""
    assert store.try_append(CREATION)
    assert store.try_append(CHANGES)
    OutcomeRecorder(outcomes, lambda: NOW).failed(CAR, REFUSED)
    return DynamoDbTraces(CARS, store.client, store.table, outcomes.table)


@pytest.mark.parametrize(("version", "commit"), [(1, stored(CREATION)), (2, stored(CHANGES)), (3, None), (4, None)])
def test_a_commit_is_found_by_the_version_of_its_first_event(
    traces: DynamoDbTraces, version: int, commit: StoredCommit | None
) -> None:
    assert traces.find(CAR, version, command_id(8)) == Trace(commit)


def test_an_outcome_is_found_beside_it(traces: DynamoDbTraces, outcomes: DynamoDbOutcomes) -> None:
    assert traces.find(CAR, 2, REFUSED) == Trace(stored(CHANGES), outcomes.find(REFUSED))
    assert traces.find(CAR, 4, REFUSED) == Trace(None, outcomes.find(REFUSED))


def test_both_are_one_strongly_consistent_request(aws: Aws, traces: DynamoDbTraces) -> None:
    with parameters_of(aws.dynamodb) as asked:
        traces.find(CAR, 2, REFUSED)
    (request,) = asked
    assert {name: table["ConsistentRead"] for name, table in request["RequestItems"].items()} == {
        "CarEventsTable": True,
        "CarOutcomesTable": True,
    }


@pytest.mark.parametrize(
    ("left", "outcome_counts"), [("CarEventsTable", False), ("CarOutcomesTable", False), ("", True)]
)
def test_a_key_left_unprocessed_is_not_there_and_no_outcome_counts_without_the_commit(
    aws: Aws, traces: DynamoDbTraces, left: str, *, outcome_counts: bool
) -> None:
    def leave_out(parsed: dict[str, Any], **_: Any) -> None:
        if left:
            parsed["Responses"].pop(left)
            parsed["UnprocessedKeys"] = {left: {}}

    with whenever(aws.dynamodb, "after-call.dynamodb.BatchGetItem", leave_out):
        found = traces.find(CAR, 2, REFUSED)
    assert (found.commit is not None, found.outcome is not None) == (left != "CarEventsTable", outcome_counts)


def test_a_wait_of_twenty_seconds_that_ends_in_nothing_is_48_requests(
    aws: Aws, store: DynamoDbEventStore, traces: DynamoDbTraces
) -> None:
    seconds = [0.0]
    waiter = CommandWaiter(store, traces, lambda: sum(seconds), seconds.append)
    ticket = Ticket(CAR_ID, new_id(NOW, lambda _: 8), NOW)
    with requests_to(aws.dynamodb) as requests:
        assert waiter.wait(ticket, waiter.version(CAR), 20.0) == Pending()
    assert requests == ["Query", *["BatchGetItem"] * 48]
