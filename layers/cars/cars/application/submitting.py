"""Accept a request: check what can be checked without the car, and put it on the queue as a command."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from cars.application.backlog import Backlog
from cars.application.idempotency import KeyReused, Ticket, Tickets, request_key
from cars.application.ids import uuid7
from cars.application.tracking import CommandOutcome, CommandTracker, Pending
from cars.domain.commands import CarCommand, DeleteCar, PatchCar
from cars.domain.representation import read_car, read_changes, represent, represent_changes
from cars.domain.values import CarId
from trigger_pattern import Command, Refused


class Unavailable(Exception):
    """The request could not be kept, so it is not accepted as far as can be known; the client may try again."""


class CommandQueue(Protocol):
    """Where commands wait for the command handler, in order for each car."""

    def send(self, command: Command[CarCommand]) -> None:
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

    `evaluated` is the text of the preconditions for which the car was read, and `failed` whether it fails them.
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
    """Too many commands wait, of everybody's or of this car's: nothing was accepted."""


@dataclass(frozen=True)
class PreconditionFailed:
    """The car is not as the request's preconditions want it: nothing was accepted."""


@dataclass(frozen=True)
class CommandSubmitter:
    """Submits commands. `warn` is called, while a fault is handled, with what is left out."""

    queue: CommandQueue
    backlog: Backlog
    tickets: Tickets
    tracker: CommandTracker
    clock: Callable[[], datetime]
    random_bits: Callable[[int], int]
    warn: Callable[[str], object]

    def new_car_id(self) -> CarId:
        """Make the id of a car that is to be registered."""
        return CarId(uuid7(self.clock(), self.random_bits))

    def submit(
        self, request: CarCommand, caller: Caller, conditions: Conditions
    ) -> Accepted | Refused | KeyReused | Overloaded | PreconditionFailed:
        """Send a command; of a retry, only if the first request's command has no outcome yet. Raises Unavailable.

        A retry's outcome goes before its preconditions: the first request itself may have changed what they are about.
        """
        read = _canonical(request)
        return read if isinstance(read, Refused) else self._submit(read, caller, conditions)

    def _submit(
        self, request: CarCommand, caller: Caller, conditions: Conditions
    ) -> Accepted | KeyReused | Overloaded | PreconditionFailed:
        now = self.clock()
        new = Ticket(request.car_id, uuid7(now, self.random_bits), now)
        ticket = self._keep(new, request, caller, conditions)
        if isinstance(ticket, KeyReused):
            return ticket
        outcome = None if ticket == new else self._look(ticket)
        if outcome and not isinstance(outcome, Pending):
            return Accepted(ticket, outcome)
        if conditions.failed:
            return PreconditionFailed()
        if not self.backlog.has_room(ticket.car_id):
            return Overloaded()
        self.queue.send(_command(ticket, request, caller, conditions))
        return Accepted(ticket)

    def _look(self, ticket: Ticket) -> CommandOutcome | None:
        """Look what became of the first try. Where that cannot be read it is sent again: the handler looks too."""
        try:
            return self.tracker.find(str(ticket.car_id), ticket.command_id)
        except Exception:  # noqa: BLE001 - told, and whatever it is, a command is better sent twice than not at all
            self.warn("a retry is sent without knowing what became of the first try")
            return None

    def _keep(self, ticket: Ticket, request: CarCommand, caller: Caller, conditions: Conditions) -> Ticket | KeyReused:
        """Keep the ticket before anything is sent, so that a retry after any failure finds it."""
        if conditions.idempotency_key is None:
            return ticket
        condition = conditions.evaluated or conditions.expected_version
        key = request_key(caller.identity, conditions.idempotency_key, request, condition)
        return self.tickets.keep(key, ticket)


def _canonical(request: CarCommand) -> CarCommand | Refused:
    """Read a request's representation just as the command handler will, and spell it in the one way there is."""
    match request:
        case DeleteCar():
            return request
        case PatchCar():
            changes = read_changes(request.representation)
            return (
                changes if isinstance(changes, Refused) else replace(request, representation=represent_changes(changes))
            )
        case _:
            car = read_car(request.car_id, request.representation)
            return car if isinstance(car, Refused) else replace(request, representation=represent(car))


def _command(ticket: Ticket, request: CarCommand, caller: Caller, conditions: Conditions) -> Command[CarCommand]:
    return Command(
        command_id=str(ticket.command_id),
        aggregate_id=str(ticket.car_id),
        request=replace(request, car_id=ticket.car_id),
        issued_at=ticket.issued_at,
        actor=caller.actor,
        correlation_id=caller.correlation_id,
        expected_version=conditions.expected_version,
        keyed=conditions.idempotency_key is not None,
    )
