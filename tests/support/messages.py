"""Commands as they travel, and the queue messages that carry them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from resources.cars import CARS
from tests.support.aws import queue_record
from tests.support.cars import CAR_ID, NOW, representation
from tests.support.commits import ACTOR, CORRELATION_ID, command_id
from trigger_pattern.aws.messaging.command_message import write_command
from trigger_pattern.definition.requests import CreateRequest, DeleteRequest, Request, UpdateRequest
from trigger_pattern.kernel import Command


def create(car_id: str = CAR_ID, **changes: Any) -> CreateRequest:
    return CreateRequest(car_id, representation(**changes))


def update(car_id: str = CAR_ID, **changes: Any) -> UpdateRequest:
    return UpdateRequest(car_id, representation(**changes))


def command(
    number: int, request: Request | None = None, car_id: str = CAR_ID, at: datetime | None = None
) -> Command[Request]:
    """Make a command; unless told otherwise, a deletion issued so many seconds after NOW."""
    issued_at = at or NOW + timedelta(seconds=number)
    request = request or DeleteRequest(car_id)
    return Command(
        command_id=command_id(number, issued_at),
        aggregate_id=request.id,
        request=request,
        issued_at=issued_at,
        actor=ACTOR,
        correlation_id=CORRELATION_ID,
    )


def message(number: int, request: Request | None = None, receives: int = 1, *, keyed: bool = False) -> dict[str, Any]:
    """Make the record of a message that carries a command; numbers order it within its car's group."""
    sent = replace(command(number, request), keyed=keyed)
    return sqs_record(write_command(CARS, sent), number, sent.aggregate_id, receives, sent.command_id)


def sqs_record(
    body: str, number: int = 1, group: str = CAR_ID, receives: int = 1, deduplication_id: str = ""
) -> dict[str, Any]:
    """Return a record of an SQS event, sent so many seconds after NOW."""
    sent_at = NOW + timedelta(seconds=number)
    return queue_record(body, number, group, sent_at, receives=receives, deduplication_id=deduplication_id)


def message_id(number: int) -> str:
    """Return the id of the numbered message."""
    return str(UUID(int=0x4000_8000_0000_0000_0000 + number))
