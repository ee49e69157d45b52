"""A command as the JSON body of a queue message."""

import json
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from cars.adapters.clock import in_utc, write_time
from cars.adapters.faults import explain
from cars.adapters.json_text import NotJson, RepeatedName, read_object
from cars.domain.commands import CarCommand, CreateCar, DeleteCar, PatchCar, UpdateCar
from cars.domain.values import CarId
from trigger_pattern import Command

MAX_ACTOR = 192
MAX_CORRELATION_ID = 64
"""In characters: with these, in ASCII, a commit of one to four events stays within one write unit."""


class NotACommand(ValueError):
    """A message that can never be handled. The text says why, and repeats nothing of the message."""


class UnknownCommand(Exception):
    """A command of a type that this code does not know: newer code sent it, and it must wait for newer code here."""


class _Ids(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, strict=True, frozen=True)

    car_id: UUID
    command_id: UUID


class _Message(_Ids):
    """What every command has. Fields that newer code may have added are passed over."""

    type: str
    issued_at: Annotated[AwareDatetime, AfterValidator(in_utc)]
    actor: str = Field(max_length=MAX_ACTOR)
    correlation_id: str = Field(max_length=MAX_CORRELATION_ID)
    expected_version: int | None = Field(default=None, ge=0)
    keyed: bool = False
    representation: dict[str, Any] | None = None


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
    if command.keyed:
        body["keyed"] = True
    return json.dumps(body, separators=(",", ":"))


def read_command(body: str) -> Command[CarCommand]:
    """Read a message body; whether its representation is valid is not asked here.

    Raises NotACommand, and UnknownCommand where newer code sent it.
    """
    parsed = _parsed(body)
    try:
        message = _Message.model_validate_json(body)
    except ValidationError as error:
        raise NotACommand(explain(error)) from None
    return Command(
        command_id=str(message.command_id),
        aggregate_id=str(message.car_id),
        request=_request(message, parsed),
        issued_at=message.issued_at,
        actor=message.actor,
        correlation_id=message.correlation_id,
        expected_version=message.expected_version,
        keyed=message.keyed,
    )


def read_ids(body: str) -> tuple[str, str] | None:
    """Read as much of a message as tells its car's and its command's ids; None where it does not."""
    try:
        ids = _Ids.model_validate_json(body)
    except ValidationError:
        return None
    return str(ids.car_id), str(ids.command_id)


def _parsed(body: str) -> dict[str, Any]:
    try:
        return read_object(body) or {}
    except RepeatedName as error:
        raise NotACommand("an object with two members of one name") from error
    except NotJson as error:
        raise NotACommand("json_invalid") from error


def _request(message: _Message, parsed: dict[str, Any]) -> CarCommand:
    """Make the request; its representation is as `read_json` reads numbers, since pydantic makes floats of some."""
    car_id = CarId(message.car_id)
    representation: dict[str, Any] | None = parsed.get("representation")
    match message.type, representation:
        case "DeleteCar", _:
            return DeleteCar(car_id)
        case "CreateCar", dict():
            return CreateCar(car_id, representation)
        case "UpdateCar", dict():
            return UpdateCar(car_id, representation)
        case "PatchCar", dict():
            return PatchCar(car_id, representation)
        case "CreateCar" | "UpdateCar" | "PatchCar", _:
            raise NotACommand("representation missing")
        case _:
            raise UnknownCommand("a type of command that this code does not know")
