"""The operations that change a resource."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from trigger_pattern.http.bodies import MEDIA_TYPES, most_of
from trigger_pattern.http.problems import body_too_large
from trigger_pattern_authoring.openapi.bodies import example_shown, example_to_post
from trigger_pattern_authoring.openapi.headers import REQUEST_HEADERS, content_location, example_command, location
from trigger_pattern_authoring.openapi.outcomes import example_of_accepted
from trigger_pattern_authoring.openapi.queries import CHANGES
from trigger_pattern_authoring.openapi.refusals import refused, stale
from trigger_pattern_authoring.openapi.responses import Answers, answer, bare, problems, shared
from trigger_pattern_authoring.openapi.schemas import Json
from trigger_pattern_authoring.openapi.subject import Subject, listed

_WAIT: Final = (
    "The answer says that the command was accepted, and has the address of its outcome. With `Prefer: wait=n` it waits "
    "for the outcome and returns it, if there is one in time."
)
_PRECONDITIONS: Final = ("If-Match", "If-None-Match")


def post(subject: Subject) -> Json:
    """Describe how a resource is created."""
    waited = _waited(subject, f"With `Prefer: wait`: the {subject.name}.")
    return {
        "operationId": subject.operation("create"),
        "summary": f"Create {subject.one}",
        "description": f"The new {subject.name} gets an id, and `Location` is its address. {_WAIT}",
        "tags": [CHANGES],
        "parameters": _headers(),
        "requestBody": _body(subject, "POST", "Body", example_to_post(subject)),
        "responses": {
            HTTPStatus.CREATED: _located(subject, waited),
            HTTPStatus.ACCEPTED: _located(subject, _accepted(subject, created=True)),
            **refused(subject, "POST"),
            **_with_body(subject),
        },
    }


def put(subject: Subject) -> Json:
    """Describe how a representation is replaced."""
    immutable = [name for name, member in subject.resource.members.items() if member.immutable]
    fixed = f" Immutable: {listed(immutable)}." if immutable else ""
    optional = " An optional field that is left out is removed." if _optional(subject) else ""
    described = f"Send the whole {subject.name} with its changes; each change becomes an event.{fixed}{optional}"
    return {
        "operationId": subject.operation("replace"),
        "summary": f"Replace {subject.one}",
        "description": f"{described} {_WAIT}",
        "tags": [CHANGES],
        "parameters": _headers(*_PRECONDITIONS),
        "requestBody": _body(subject, "PUT", "Replacement", subject.whole),
        "responses": {**_changed(subject), **refused(subject, "PUT")},
    }


def patch(subject: Subject) -> Json:
    """Describe how some fields are changed."""
    optional = _optional(subject)
    null = f"Null removes {listed(optional)}." if optional else "No field can be removed, so null is not valid."
    return {
        "operationId": subject.operation("patch"),
        "summary": f"Change some fields of {subject.one}",
        "description": f"A JSON Merge Patch (RFC 7396). {null} {_WAIT}",
        "tags": [CHANGES],
        "parameters": _headers(*_PRECONDITIONS),
        "requestBody": _body(subject, "PATCH", "Patch", subject.patch),
        "responses": {**_changed(subject), **refused(subject, "PATCH")},
    }


def delete(subject: Subject) -> Json:
    """Describe how a resource is deleted."""
    return {
        "operationId": subject.operation("delete"),
        "summary": f"Delete {subject.one}, for ever",
        "description": f"Its events stay readable, and its id is never used again. {_WAIT}",
        "tags": [CHANGES],
        "parameters": _headers(*_PRECONDITIONS),
        "responses": {
            HTTPStatus.ACCEPTED: _accepted(subject),
            HTTPStatus.NO_CONTENT: bare(f"With `Prefer: wait`: the {subject.name} is deleted.", "Preference-Applied"),
            **stale(subject),
            **refused(subject, "DELETE"),
            **shared("InvalidWrite", "UnavailableWrite"),
        },
    }


def _optional(subject: Subject) -> list[str]:
    return [name for name, member in subject.resource.members.items() if member.optional and not member.immutable]


def _headers(*names: str) -> list[Json]:
    return [REQUEST_HEADERS[name] for name in (*names, "Idempotency-Key", "Prefer", "X-Correlation-Id")]


def _body(subject: Subject, method: str, schema: str, example: Mapping[str, Any] | None) -> Json:
    content: Json = {"schema": subject.schema(schema)}
    if example is not None:
        content["examples"] = {"example": {"summary": f"An example of {subject.one}", "value": dict(example)}}
    return {"content": dict.fromkeys(reversed(MEDIA_TYPES[method]), content), "required": True}


def _with_body(subject: Subject) -> Answers:
    too_large = problems(subject.service, [body_too_large(most_of(subject.resource))])
    return {**too_large, **shared("Malformed", "UnsupportedMediaType", "InvalidWrite", "UnavailableWrite")}


def _changed(subject: Subject) -> Answers:
    return {
        HTTPStatus.OK: _waited(subject, f"With `Prefer: wait`: the {subject.name} after the command."),
        HTTPStatus.ACCEPTED: _accepted(subject),
        **stale(subject),
        **_with_body(subject),
    }


def _located(subject: Subject, answered: Json) -> Json:
    return {**answered, "headers": {**location(subject), **answered["headers"]}}


def _accepted(subject: Subject, *, created: bool = False) -> Json:
    described = "Accepted: the command is on the queue, and `command` is the address of its outcome. With "
    described += "`Prefer: wait` this is the answer if the time runs out, so clients that wait must expect both."
    address = example_command(subject, created=created)
    example = example_of_accepted(subject, address)
    accepted = answer(described, subject.schema("Accepted"), "Preference-Applied", examples={"example": example})
    headers = {**content_location(address), **accepted["headers"]}
    return {**accepted, "headers": headers, "links": _links(subject, subject.id, "commandId")}


def _waited(subject: Subject, description: str) -> Json:
    examples = {"example": example_shown(subject)}
    waited = answer(description, subject.schema(), "ETag", "Cache-Control", "Preference-Applied", examples=examples)
    return {**waited, "links": _links(subject, subject.id)}


def _links(subject: Subject, *members: str) -> dict[str, Json]:
    """Link to the operations that need no parameters but these members of the answer's body."""
    follow = {
        subject.operation("get"): (subject.id,),
        subject.operation("list", "Events"): (subject.id,),
        subject.operation("get", "Command"): (subject.id, "commandId"),
    }
    return {
        operation: {"operationId": operation, "parameters": {name: f"$response.body#/{name}" for name in names}}
        for operation, names in follow.items()
        if {*names} <= {*members}
    }
