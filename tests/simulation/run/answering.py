"""Invariants of each request and its answer; each function's name is the promise."""

from tests.simulation.run.ledger import Command, Request
from tests.simulation.run.violation import Violations
from tests.support.http import Answer
from trigger_pattern.definition.resource import AnyResource

_VERBS = {"POST": "Create", "PUT": "Update", "PATCH": "Patch", "DELETE": "Delete"}
_ANSWERS = {200, 201, 202, 204, 409, 412, 503}
_INVALID = 422


def a_write_is_accepted_or_can_be_retried(request: Request) -> Violations:
    """Requests of a run are well-formed, so no answer blames the client, whatever fails behind the API.

    But with the fields that a patch leaves as they are, a value may not be valid.
    """
    possible = _ANSWERS | {_INVALID} if request.method == "PATCH" else _ANSWERS
    for answer in filter(None, request.answers):
        if answer.status not in possible:
            yield f"{request} was answered {answer}"


def a_command_is_what_was_asked(command: Command, request: Request, resource: AnyResource) -> Violations:
    """Nothing is lost or added between a request and its message."""
    if command.kind != f"{_VERBS[request.method]}{resource.kind}" or command.representation != (request.body or {}):
        yield f"{request} became {command}"
    if request.aggregate_id and command.aggregate_id != request.aggregate_id:
        yield f"{request} became {command}, of another aggregate"
    tag = request.headers.get("If-Match")
    if tag and tag.strip('"') != str(command.expected_version):
        yield f"{request} became {command}, without its condition"


def every_read_is_answered_when_nothing_fails(what: str, answer: Answer | None) -> Violations:
    """Without faults, every status is below 500."""
    if answer is None or answer.status >= 500:
        yield f"{what} was answered {answer}"
