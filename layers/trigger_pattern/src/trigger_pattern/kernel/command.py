"""A command: a request with implicit intent, its caller and time, and its delivery."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

Request = TypeVar("Request")


@dataclass(frozen=True)
class Command(Generic[Request]):
    """One request to change one aggregate.

    `issued_at` is aware and UTC: when the client's request was accepted. `expected_version`, if given, is the version
    of the aggregate that the client had seen. `keyed` if the request has an Idempotency-Key: then there may be several
    messages of this command.
    """

    command_id: str
    aggregate_id: str
    request: Request
    issued_at: datetime
    actor: str
    correlation_id: str
    expected_version: int | None = None
    keyed: bool = False


@dataclass(frozen=True)
class Position:
    """A command's place in its queue.

    `queue` names the queue uniquely; `sequence` grows within it for one aggregate
    (SQS FIFO: `SequenceNumber`, 128 bits, increasing within a message group).
    """

    queue: str
    sequence: int


@dataclass(frozen=True)
class Delivery:
    """A message that carries a command: its place, and when it was put on that queue (aware, UTC).

    `again` if the command may have been delivered before, by this message or by another.
    """

    position: Position
    sent_at: datetime
    again: bool = False
