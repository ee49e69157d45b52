"""Accept a request: check what can be checked without the current state, and put it on the queue as a command."""

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
"""In characters: with these, in ASCII, a commit of one to four small events stays within one write unit."""


class Unavailable(Exception):
    """The request could not be kept, so it is not accepted as far as can be known; the client may try again."""


class CommandQueue(Protocol):
    """Where commands wait for the command handler, in order for each resource."""

    def send(self, command: Command[Request]) -> None:
        """Put a command on the queue; when this returns it is kept. Raises Unavailable."""
        ...


@dataclass(frozen=True)
class Caller:
    """Who asks, and the id by which the caller will find the request in logs and events.

    `identity` is the caller's whole name, `actor` as much of it as an event keeps.
    """

    identity: str
    actor: str
    correlation_id: str


@dataclass(frozen=True)
class Conditions:
    """What a request says beside its representation: the version it is based on, and a key that makes it one.

    `evaluated` is the text of the preconditions for which the current state was read, `failed` whether it fails them.
    """

    expected_version: int | None = None
    idempotency_key: str | None = None
    evaluated: str = ""
    failed: bool = False


@dataclass(frozen=True)
class Accepted:
    """A command that is kept; `outcome` is there where this was a retry of one that has been dealt with."""

    ticket: Ticket
    outcome: CommandOutcome | None = None


@dataclass(frozen=True)
class Overloaded:
    """Too many commands wait, of everybody's or of this resource's: nothing was accepted."""


@dataclass(frozen=True)
class PreconditionFailed:
    """The resource is not as the request's preconditions want it: nothing was accepted."""


@dataclass(frozen=True)
class CommandSubmitter:
    """Submits commands. `warn` is called, while a fault is handled, with what is left out."""

    resource: AnyResource
    queue: CommandQueue
    backlog: Backlog
    tickets: Tickets
    tracker: CommandTracker
    clock: Callable[[], datetime]
    random_bits: Callable[[int], int]
    warn: Callable[[str], object]

    def new_id(self) -> str:
        """Make the id of what is to be created."""
        return new_id(self.clock(), self.random_bits)

    def submit(
        self, request: Request, caller: Caller, conditions: Conditions
    ) -> Accepted | KeyReused | Overloaded | PreconditionFailed:
        """Send the command of a request that was read; of a retry, only if there is no outcome yet. Raises Unavailable.

        A retry's outcome goes before its preconditions: the first request itself may have changed what they are about.
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
        """Look what became of the first try. Where that cannot be read it is sent again: the handler looks too."""
        try:
            return self.tracker.find(ticket.aggregate_id, ticket.command_id)
        except Exception:  # noqa: BLE001 - told, and whatever it is, a command is better sent twice than not at all
            self.warn("a retry is sent without knowing what became of the first try")
            return None

    def _keep(self, ticket: Ticket, request: Request, caller: Caller, conditions: Conditions) -> Ticket | KeyReused:
        """Keep the ticket before anything is sent, so that a retry after any failure finds it."""
        if conditions.idempotency_key is None:
            return ticket
        condition = conditions.evaluated or conditions.expected_version
        key = request_key(self.resource, caller.identity, conditions.idempotency_key, request, condition)
        return self.tickets.keep(key, ticket)


def read_request(resource: AnyResource, request: Request) -> Request | Refused:
    """Read a request's representation just as the command handler will, and spell it in the one way there is."""
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
