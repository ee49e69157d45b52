"""A command as the JSON body of a queue message."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from trigger_pattern.application.clock import write_time
from trigger_pattern.application.json_text import NotJson, RepeatedName, read_object
from trigger_pattern.application.submitting import MAX_ACTOR, MAX_CORRELATION_ID
from trigger_pattern.aws.envelope import Member, flag, or_null, plain_object, read_envelope, text, time, whole
from trigger_pattern.definition.reasons import Invalid
from trigger_pattern.definition.requests import (
    VERBS,
    DeleteRequest,
    Request,
    type_of,
)
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.texts import read_uuid
from trigger_pattern.kernel import Command


class NotACommand(ValueError):
    """A message that can never be handled. The text has the reason, and nothing of the message."""


class UnknownCommand(Exception):
    """A command of a type that this code does not know: newer code sent it, and it waits for newer code here."""


@cache
def _ids(id_name: str) -> Mapping[str, Member]:
    return {id_name: Member(read_uuid), "commandId": Member(read_uuid)}


@cache
def _message(id_name: str) -> Mapping[str, Member]:
    return {
        **_ids(id_name),
        "type": Member(text()),
        "issuedAt": Member(time),
        "actor": Member(text(MAX_ACTOR)),
        "correlationId": Member(text(MAX_CORRELATION_ID)),
        "expectedVersion": Member(or_null(whole(0)), None),
        "keyed": Member(flag, default=False),
        "representation": Member(or_null(plain_object), None),
    }


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
    try:
        message = read_envelope(_message(resource.id), _parsed(body))
    except Invalid as invalid:
        raise NotACommand(str(invalid)) from None
    return Command(
        command_id=str(message["commandId"]),
        aggregate_id=str(message[resource.id]),
        request=_request(resource, message),
        issued_at=message["issuedAt"],
        actor=message["actor"],
        correlation_id=message["correlationId"],
        expected_version=message["expectedVersion"],
        keyed=message["keyed"],
    )


def read_ids(resource: AnyResource, body: str) -> tuple[str, str] | None:
    """Return a message's resource id and command id; None if it has not both. It need not be a command."""
    try:
        ids = read_envelope(_ids(resource.id), plain_object(json.loads(body)))
    except (ValueError, RecursionError):
        return None
    return str(ids[resource.id]), str(ids["commandId"])


def _parsed(body: str) -> Mapping[str, Any]:
    try:
        parsed = read_object(body)
    except RepeatedName as error:
        raise NotACommand("an object with two members of one name") from error
    except NotJson as error:
        raise NotACommand("no JSON") from error
    if parsed is None:
        raise NotACommand("no JSON object")
    if not _can_be_written(body, parsed):
        raise NotACommand("half of a surrogate pair")
    return parsed


def _can_be_written(body: str, parsed: Mapping[str, Any]) -> bool:
    """Return whether UTF-8 has all characters: an escape can make half of a surrogate pair."""
    if "\\ud" not in body.lower():
        return True
    try:
        json.dumps(parsed, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return False
    return True


def _request(resource: AnyResource, message: Mapping[str, Any]) -> Request:
    aggregate_id, representation = str(message[resource.id]), message["representation"]
    kinds = {f"{verb}{resource.kind}": kind for kind, verb in VERBS.items()}
    kind = kinds.get(message["type"])
    if kind is None:
        raise UnknownCommand("a type of command that this code does not know")
    if issubclass(kind, DeleteRequest):
        return DeleteRequest(aggregate_id)
    if representation is None:
        raise NotACommand("/representation: A value is required.")
    return kind(aggregate_id, representation)
