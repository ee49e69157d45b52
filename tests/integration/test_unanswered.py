"""A request that nobody answers is a fault, and never a success: nothing may have reached AWS."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from uuid import UUID

import pytest
from botocore.exceptions import ReadTimeoutError

from resources.cars import CARS
from tests.support.aws import Aws, failing
from tests.support.cars import CAR_ID, EXAMPLE, NOW, car_created
from tests.support.commits import command_id, commits_of, published
from tests.support.messages import command, message
from trigger_pattern.application.idempotency import RequestKey, Ticket
from trigger_pattern.application.outcomes import RecordedOutcome, Status
from trigger_pattern.application.projecting import Viewed
from trigger_pattern.application.submitting import Unavailable
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.outcomes import DynamoDbOutcomes
from trigger_pattern.aws.dynamodb.tickets import DynamoDbTickets
from trigger_pattern.aws.dynamodb.view import DynamoDbView
from trigger_pattern.aws.messaging.sns import SnsTopic
from trigger_pattern.aws.messaging.sqs import SqsCommandQueue, SqsDeadLetters, SqsRejects

CAR = CAR_ID
TIMED_OUT = ReadTimeoutError(endpoint_url="https://aws.example")
OUTCOME = RecordedOutcome(command_id(1), CAR, Status.UNCHANGED, (), NOW, 1)
(COMMIT,) = commits_of([car_created()])

WRITES: dict[str, Callable[[Aws], object]] = {
    "a commit": lambda aws: DynamoDbEventStore(CARS, aws.dynamodb, "CarEventsTable").try_append(COMMIT),
    "an outcome": lambda aws: DynamoDbOutcomes(CARS, aws.dynamodb, "CarOutcomesTable").record(OUTCOME),
    "a car in the view": lambda aws: DynamoDbView(CARS, aws.dynamodb, "CarViewTable").put(Viewed(CAR, 1, EXAMPLE)),
    "an event": lambda aws: SnsTopic(CARS, aws.sns, "arn:aws:sns:::x.fifo", "tag:x.example,2026:x").publish(
        published(COMMIT)
    ),
    "a dead letter": lambda aws: SqsDeadLetters(aws.sqs, "https://queue").set_aside(message(1), "reason"),
    "a reject": lambda aws: SqsRejects(CARS, aws.sqs, "https://queue").set_aside(CAR, 1, "reason"),
}
REQUESTS: dict[str, Callable[[Aws], object]] = {
    "a command": lambda aws: SqsCommandQueue(CARS, aws.sqs, "https://queue").send(command(1)),
    "a ticket": lambda aws: DynamoDbTickets(CARS, aws.dynamodb, "CarTicketsTable", lambda: NOW).keep(
        RequestKey("digest", "fingerprint"), Ticket(CAR_ID, str(UUID(int=1)), NOW)
    ),
}


@contextmanager
def unanswered(aws: Aws) -> Generator[None]:
    with failing(aws.dynamodb, TIMED_OUT), failing(aws.sqs, TIMED_OUT), failing(aws.sns, TIMED_OUT):
        yield


@pytest.mark.parametrize("write", WRITES)
def test_a_write_without_an_answer_is_not_taken_for_done(aws: Aws, write: str) -> None:
    with unanswered(aws), pytest.raises(ReadTimeoutError):
        WRITES[write](aws)


@pytest.mark.parametrize("write", REQUESTS)
def test_a_request_that_could_not_be_kept_is_not_accepted(aws: Aws, write: str) -> None:
    with unanswered(aws), pytest.raises(Unavailable):
        REQUESTS[write](aws)
