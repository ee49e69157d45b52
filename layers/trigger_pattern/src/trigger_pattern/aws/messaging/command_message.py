"""A command as the JSON body of a queue message."""

import json
from functools import cache
from typing import Annotated, Any, cast
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic.alias_generators import to_camel

from trigger_pattern.application.clock import in_utc, write_time
from trigger_pattern.application.json_text import NotJson, RepeatedName, read_object
from trigger_pattern.application.submitting import MAX_ACTOR, MAX_CORRELATION_ID
from trigger_pattern.aws.faults import explain
from trigger_pattern.definition.requests import (
    VERBS,
    DeleteRequest,
    Request,
    type_of,
)
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Command


class NotACommand(ValueError):
    """A message that can never be handled. The text has the reason, and nothing of the message."""


class UnknownCommand(Exception):
    """A command of a type that this code does not know: newer code sent it, and it waits for newer code here."""


class _Ids(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, strict=True, frozen=True)

    aggregate_id: UUID
    command_id: UUID


class _Message(_Ids):
    """The fields of every command. Those that newer code may have added are ignored."""

    type: str
    issued_at: Annotated[AwareDatetime, AfterValidator(in_utc)]
    actor: str = Field(max_length=MAX_ACTOR)
    correlation_id: str = Field(max_length=MAX_CORRELATION_ID)
    expected_version: int | None = Field(default=None, ge=0)
    keyed: bool = False
    representation: dict[str, Any] | None = None


@cache
def _ids(id_name: str) -> type[_Ids]:
    return create_model("Ids", __base__=_Ids, aggregate_id=(UUID, Field(alias=id_name)))


@cache
def _message(id_name: str) -> type[_Message]:
    return create_model("Message", __base__=_Message, aggregate_id=(UUID, Field(alias=id_name)))


def write_command(resource: AnyResource, command: Command[Request]) -> str:
    """Write a command as a message body."""
    body: dict[str, object] = {
        "commandId": command.command_id,
        "type": type_of(resource, command.request),
        resource.id: command.aggregate_id,
        "issuedAt": write_time(command.issued_at),
        "actor": command.actor,
        "correlationId": command.correlation_id,
    }
    if not isinstance(command.request, DeleteRequest):
        body["representation"] = command.request.representation
    if command.expected_version is not None:
        body["expectedVersion"] = command.expected_version
    if command.keyed:
        body["keyed"] = True
    return json.dumps(body, separators=(",", ":"))


def read_command(resource: AnyResource, body: str) -> Command[Request]:
    """Read a message body, without checking whether its representation is valid.

    Raises NotACommand, and UnknownCommand if newer code sent it.
    """
    parsed = _parsed(body)
    try:
        message = _message(resource.id).model_validate_json(body)
    except ValidationError as error:
        raise NotACommand(explain(error)) from None
    return Command(
        command_id=str(message.command_id),
        aggregate_id=str(message.aggregate_id),
        request=_request(resource, message, parsed),
        issued_at=message.issued_at,
        actor=message.actor,
        correlation_id=message.correlation_id,
        expected_version=message.expected_version,
        keyed=message.keyed,
    )


def read_ids(resource: AnyResource, body: str) -> tuple[str, str] | None:
    """Return a message's resource id and command id; None if it has not both."""
    try:
        ids = _ids(resource.id).model_validate_json(body)
    except ValidationError:
        return None
    return str(ids.aggregate_id), str(ids.command_id)


def _parsed(body: str) -> dict[str, Any]:
    try:
        return read_object(body) or {}
    except RepeatedName as error:
        raise NotACommand("an object with two members of one name") from error
    except NotJson as error:
        raise NotACommand("json_invalid") from error


def _request(resource: AnyResource, message: _Message, parsed: dict[str, Any]) -> Request:
    """Return the request; its representation comes from `read_json`, because pydantic makes floats of some numbers."""
    aggregate_id, representation = str(message.aggregate_id), parsed.get("representation")
    kinds = {f"{verb}{resource.kind}": kind for kind, verb in VERBS.items()}
    kind = kinds.get(message.type)
    if kind is None:
        raise UnknownCommand("a type of command that this code does not know")
    if issubclass(kind, DeleteRequest):
        return DeleteRequest(aggregate_id)
    if not isinstance(representation, dict):
        raise NotACommand("representation missing")
    return kind(aggregate_id, cast("dict[str, Any]", representation))
