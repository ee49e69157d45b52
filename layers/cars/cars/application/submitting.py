"""Accept a request: check what can be checked without the car, and put it on the queue as a command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from cars.application.ids import uuid7
from cars.domain.commands import CarCommand, CreateCar, DeleteCar, UpdateCar
from cars.domain.representation import Representation, read_car, represent
from cars.domain.values import CarId
from trigger_pattern import Command, Refused


class QueueUnavailable(Exception):
    """The queue could not be reached, so the command is not accepted; the client may try again."""


class CommandQueue(Protocol):
    """Where commands wait for the command handler, in order for each car."""

    def send(self, command: Command[CarCommand]) -> None:
        """Put a command on the queue; when this returns it is kept. Raises QueueUnavailable."""
        ...


@dataclass(frozen=True)
class Caller:
    """Who asks, and the id by which the caller will find the request in logs and events."""

    actor: str
    correlation_id: str


@dataclass(frozen=True)
class Accepted:
    """A command that is on the queue."""

    car_id: UUID
    command_id: UUID


@dataclass(frozen=True)
class CommandSubmitter:
    """Submits commands. Each method raises QueueUnavailable."""

    queue: CommandQueue
    clock: Callable[[], datetime]
    random_bits: Callable[[int], int]

    def create(self, representation: Representation, caller: Caller) -> Accepted | Refused:
        """Register a car under a new id."""
        car_id = CarId(self._new_id())
        canonical = _canonical(car_id, representation)
        return canonical if isinstance(canonical, Refused) else self._send(CreateCar(car_id, canonical), caller)

    def update(self, car_id: CarId, representation: Representation, caller: Caller) -> Accepted | Refused:
        """Make a car what the representation says."""
        canonical = _canonical(car_id, representation)
        return canonical if isinstance(canonical, Refused) else self._send(UpdateCar(car_id, canonical), caller)

    def delete(self, car_id: CarId, caller: Caller) -> Accepted:
        """Take a car out of the registry."""
        return self._send(DeleteCar(car_id), caller)

    def _send(self, request: CarCommand, caller: Caller) -> Accepted:
        command_id = self._new_id()
        self.queue.send(
            Command(
                command_id=str(command_id),
                aggregate_id=str(request.car_id),
                request=request,
                issued_at=self.clock(),
                actor=caller.actor,
                correlation_id=caller.correlation_id,
            )
        )
        return Accepted(request.car_id, command_id)

    def _new_id(self) -> UUID:
        return uuid7(self.clock(), self.random_bits)


def _canonical(car_id: CarId, representation: Representation) -> Representation | Refused:
    """Read the representation just as the command handler will."""
    car = read_car(car_id, representation)
    return car if isinstance(car, Refused) else represent(car)
