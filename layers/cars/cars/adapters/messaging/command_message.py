"""A command as the JSON body of a queue message."""

import json
from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from cars.adapters.clock import in_utc, write_time
from cars.adapters.faults import explain
from cars.domain.commands import CarCommand, CreateCar, DeleteCar, UpdateCar
from cars.domain.values import CarId
from trigger_pattern import Command

MAX_ACTOR = 192
MAX_CORRELATION_ID = 64
"""In characters: with these, in ASCII, a commit of one to four events stays within one write unit."""


class NotACommand(ValueError):
    """A message that can never be handled. The text says why, and repeats nothing of the message."""


class _Message(BaseModel):
    """What every command has. Fields that newer code may have added are passed over."""

    model_config = ConfigDict(alias_generator=to_camel, strict=True, frozen=True)

    command_id: UUID
    car_id: UUID
    issued_at: Annotated[AwareDatetime, AfterValidator(in_utc)]
    actor: str = Field(max_length=MAX_ACTOR)
    correlation_id: str = Field(max_length=MAX_CORRELATION_ID)
    expected_version: int | None = Field(default=None, ge=0)


class _Create(_Message):
    type: Literal["CreateCar"]
    representation: dict[str, Any]

    def request(self) -> CarCommand:
        return CreateCar(CarId(self.car_id), self.representation)


class _Update(_Message):
    type: Literal["UpdateCar"]
    representation: dict[str, Any]

    def request(self) -> CarCommand:
        return UpdateCar(CarId(self.car_id), self.representation)


class _Delete(_Message):
    type: Literal["DeleteCar"]

    def request(self) -> CarCommand:
        return DeleteCar(CarId(self.car_id))


_AnyMessage: TypeAlias = Annotated[_Create | _Update | _Delete, Field(discriminator="type")]
_message = TypeAdapter[_Create | _Update | _Delete](_AnyMessage)


def write_command(command: Command[CarCommand]) -> str:
    """Write a command as a message body."""
    body: dict[str, object] = {
        "commandId": command.command_id,
        "type": type(command.request).__name__,
        "carId": command.aggregate_id,
        "issuedAt": write_time(command.issued_at),
        "actor": command.actor,
        "correlationId": command.correlation_id,
    }
    if not isinstance(command.request, DeleteCar):
        body["representation"] = command.request.representation
    if command.expected_version is not None:
        body["expectedVersion"] = command.expected_version
    return json.dumps(body, separators=(",", ":"))


def read_command(body: str) -> Command[CarCommand]:
    """Read a message body. Raises NotACommand; whether the representation is valid is not asked here."""
    try:
        message = _message.validate_json(body)
    except ValidationError as error:
        raise NotACommand(explain(error)) from error
    return Command(
        command_id=str(message.command_id),
        aggregate_id=str(message.car_id),
        request=message.request(),
        issued_at=message.issued_at,
        actor=message.actor,
        correlation_id=message.correlation_id,
        expected_version=message.expected_version,
    )
