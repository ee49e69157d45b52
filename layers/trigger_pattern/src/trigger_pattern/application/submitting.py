"""Accept a request: check it as far as possible without the current state, and queue it as a command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from trigger_pattern.application.backlog import Backlog
from trigger_pattern.application.idempotency import KeyReused, Ticket, Tickets, request_key
from trigger_pattern.application.ids import new_id
from trigger_pattern.application.tracking import CommandOutcome, CommandTracker, Pending
from trigger_pattern.definition.representation import read_changes, read_new, read_whole, represent, represent_new
from trigger_pattern.definition.requests import CreateRequest, DeleteRequest, PatchRequest, Request, UpdateRequest
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Command, Refused

MAX_ACTOR: Final = 192
MAX_CORRELATION_ID: Final = 64
"""In characters of ASCII: so a commit of one to four small events stays within one write unit."""


class Unavailable(Exception):
    """The request was probably not accepted; the client may try again."""


class CommandQueue(Protocol):
    """Holds commands for the command handler, in order for each resource."""

    def send(self, command: Command[Request]) -> None:
        """Queue a command; after this returns it is not lost. Raises Unavailable."""
        ...


@dataclass(frozen=True)
class Caller:
    """The caller, and the correlation id that finds the request in logs and events.

    `identity` is the caller's whole name, `actor` the part of it that events keep.
    """

    identity: str
    actor: str
    correlation_id: str


@dataclass(frozen=True)
class Conditions:
    """A request's preconditions and its Idempotency-Key.

    `evaluated` is the text of preconditions that were compared with the current state, `failed` if they do not hold.
    """

    expected_version: int | None = None
    idempotency_key: str | None = None
    evaluated: str = ""
    failed: bool = False


@dataclass(frozen=True)
class Accepted:
    """A queued command; it has an `outcome` if the request is a retry of one that was already processed."""

    ticket: Ticket
    outcome: CommandOutcome | None = None


@dataclass(frozen=True)
class Overloaded:
    """Too many commands are waiting, in all or for this resource: nothing was accepted."""


@dataclass(frozen=True)
class PreconditionFailed:
    """The request's preconditions do not hold: nothing was accepted."""


@dataclass(frozen=True)
class CommandSubmitter:
    """Submits commands. `warn` is called when a fault makes it skip a look-up."""

    resource: AnyResource
    queue: CommandQueue
    backlog: Backlog
    tickets: Tickets
    tracker: CommandTracker
    clock: Callable[[], datetime]
    random_bits: Callable[[int], int]
    warn: Callable[[str], object]

    def new_id(self) -> str:
        """Return an id for a new resource."""
        return new_id(self.clock(), self.random_bits)

    def submit(
        self, request: Request, caller: Caller, conditions: Conditions
    ) -> Accepted | KeyReused | Overloaded | PreconditionFailed:
        """Send a request's command; for a retry, only if there is no outcome yet. Raises Unavailable.

        A retry's outcome is looked up before its preconditions, which the first request itself may have made false.
        """
        now = self.clock()
        new = Ticket(request.id, new_id(now, self.random_bits), now)
        ticket = self._keep(new, request, caller, conditions)
        if isinstance(ticket, KeyReused):
            return ticket
        outcome = None if ticket == new else self._look(ticket)
        if outcome and not isinstance(outcome, Pending):
            return Accepted(ticket, outcome)
        if conditions.failed:
            return PreconditionFailed()
        if not self.backlog.has_room(ticket.aggregate_id):
            return Overloaded()
        self.queue.send(_command(ticket, request, caller, conditions))
        return Accepted(ticket)

    def _look(self, ticket: Ticket) -> CommandOutcome | None:
        """Return the first request's outcome. If it cannot be read, return None: the handler looks it up too."""
        try:
            return self.tracker.find(ticket.aggregate_id, ticket.command_id)
        except Exception:  # noqa: BLE001 - after any fault, a command is better sent twice than not at all
            self.warn("a retry was sent without reading the first request's outcome")
            return None

    def _keep(self, ticket: Ticket, request: Request, caller: Caller, conditions: Conditions) -> Ticket | KeyReused:
        """Keep the ticket before anything is sent, so that a retry finds it after any failure."""
        if conditions.idempotency_key is None:
            return ticket
        condition = conditions.evaluated or conditions.expected_version
        key = request_key(self.resource, caller.identity, conditions.idempotency_key, request, condition)
        return self.tickets.keep(key, ticket)


def read_request(resource: AnyResource, request: Request) -> Request | Refused:
    """Return a request in canonical spelling, read as the command handler will read it."""
    if isinstance(request, DeleteRequest):
        return request
    read = _read(resource, request)
    return read if isinstance(read, Refused) else replace(request, representation=read)


def _read(
    resource: AnyResource, request: CreateRequest | UpdateRequest | PatchRequest
) -> Mapping[str, object] | Refused:
    match request:
        case CreateRequest(_, representation):
            value = read_new(resource, representation)
            return value if isinstance(value, Refused) else represent_new(resource, value)
        case UpdateRequest(_, representation):
            value = read_whole(resource, representation)
            return value if isinstance(value, Refused) else represent(resource, value)
        case PatchRequest(_, representation):
            return read_changes(resource, representation)


def _command(ticket: Ticket, request: Request, caller: Caller, conditions: Conditions) -> Command[Request]:
    return Command(
        command_id=ticket.command_id,
        aggregate_id=ticket.aggregate_id,
        request=replace(request, id=ticket.aggregate_id),
        issued_at=ticket.issued_at,
        actor=caller.actor,
        correlation_id=caller.correlation_id,
        expected_version=conditions.expected_version,
        keyed=conditions.idempotency_key is not None,
    )
