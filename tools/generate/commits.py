"""Commits as the command handler makes them, for examples: with the same ids and times whenever they are made."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from tools.project import STACK
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Commit, Position

State = TypeVar("State")
Event = TypeVar("Event")

STACK_NAME: Final = f"{STACK.service}-local"
REGION: Final = "us-east-1"
ACCOUNT: Final = "123456789012"
ACTOR: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/RegistryClerk/jane.doe"
_DECIDED_AFTER: Final = timedelta(milliseconds=85)


@dataclass(frozen=True)
class Cause:
    """A command, but for its request. `sequence` is its place in the queue."""

    aggregate_id: str
    command_id: str
    issued_at: datetime
    correlation_id: str
    sequence: int


def queue_of(resource: AnyResource) -> str:
    """Return the ARN of a resource's queue of commands."""
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{STACK_NAME}-{resource.kind}CommandsQueue.fifo"


def commit_of(
    resource: AnyResource, cause: Cause, version: int, events: tuple[Event, ...], state: State | None
) -> Commit[State, Event]:
    """Return the commit that a command led to."""
    return Commit(
        aggregate_id=cause.aggregate_id,
        version=version,
        events=events,
        state=state,
        command_id=cause.command_id,
        position=Position(queue_of(resource), cause.sequence),
        issued_at=cause.issued_at,
        occurred_at=cause.issued_at + _DECIDED_AFTER,
        actor=ACTOR,
        correlation_id=cause.correlation_id,
    )
