"""A request that nobody answers is a fault, and never a success: nothing may have reached AWS."""

from collections.abc import Callable
from uuid import UUID

import pytest
from botocore.exceptions import ReadTimeoutError

from cars.adapters.dynamodb.cars_view import DynamoDbCarsView
from cars.adapters.dynamodb.event_store import DynamoDbEventStore
from cars.adapters.dynamodb.outcomes import DynamoDbOutcomes
from cars.adapters.dynamodb.tickets import DynamoDbTickets
from cars.adapters.messaging.sns import SnsTopic
from cars.adapters.messaging.sqs import SqsCommandQueue, SqsDeadLetters, SqsRejects
from cars.application.idempotency import RequestKey, Ticket
from cars.application.outcomes import RecordedOutcome, Status
from cars.application.projecting import CarAt
from cars.application.submitting import Unavailable
from tests.support.aws import Aws, unanswered
from tests.support.cars import CAR_ID, EXAMPLE, NOW, car_created
from tests.support.commits import command_id, commits_of, published
from tests.support.messages import command, message

CAR = str(CAR_ID)
OUTCOME = RecordedOutcome(command_id(1), CAR, Status.UNCHANGED, (), NOW, 1)
(COMMIT,) = commits_of([car_created()])

WRITES: dict[str, Callable[[Aws], object]] = {
    "a commit": lambda aws: DynamoDbEventStore(aws.dynamodb, "EventsTable").try_append(COMMIT),
    "an outcome": lambda aws: DynamoDbOutcomes(aws.dynamodb, "CommandOutcomesTable").record(OUTCOME),
    "a car in the view": lambda aws: DynamoDbCarsView(aws.dynamodb, "CarsViewTable").put(CarAt(CAR, 1, EXAMPLE)),
    "an event": lambda aws: SnsTopic(aws.sns, "arn:aws:sns:::x.fifo", "urn:cars").publish(published(COMMIT)),
    "a dead letter": lambda aws: SqsDeadLetters(aws.sqs, "https://queue").set_aside(message(1), "reason"),
    "a reject": lambda aws: SqsRejects(aws.sqs, "https://queue").set_aside(CAR, 1, "reason"),
}
REQUESTS: dict[str, Callable[[Aws], object]] = {
    "a command": lambda aws: SqsCommandQueue(aws.sqs, "https://queue").send(command(1)),
    "a ticket": lambda aws: DynamoDbTickets(aws.dynamodb, "TicketsTable", lambda: NOW).keep(
        RequestKey("digest", "fingerprint"), Ticket(CAR_ID, UUID(int=1), NOW)
    ),
}


@pytest.mark.parametrize("write", WRITES)
def test_a_write_without_an_answer_is_not_taken_for_done(aws: Aws, write: str) -> None:
    with unanswered(aws.dynamodb), unanswered(aws.sqs), unanswered(aws.sns), pytest.raises(ReadTimeoutError):
        WRITES[write](aws)


@pytest.mark.parametrize("write", REQUESTS)
def test_a_request_that_could_not_be_kept_is_not_accepted(aws: Aws, write: str) -> None:
    with unanswered(aws.dynamodb), unanswered(aws.sqs), pytest.raises(Unavailable):
        REQUESTS[write](aws)
