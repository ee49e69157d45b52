"""Promises about each request and its answer; each function's name is the promise."""

from tests.simulation.run.books import Command, Request
from tests.simulation.run.broken import Faults
from tests.support.http import Answer

_KINDS = {"POST": "CreateCar", "PUT": "UpdateCar", "PATCH": "PatchCar", "DELETE": "DeleteCar"}
_ANSWERS = {200, 201, 202, 204, 409, 412, 503}


def a_write_is_accepted_or_may_be_tried_again(request: Request) -> Faults:
    """Requests of a run are well-formed, so no answer blames the client, whatever fails behind the API."""
    for answer in filter(None, request.answers):
        if answer.status not in _ANSWERS:
            yield f"{request} was answered {answer}"


def a_command_is_what_was_asked(command: Command, request: Request) -> Faults:
    """Nothing is lost or added between a request and its message."""
    if command.kind != _KINDS[request.method] or command.representation != (request.body or {}):
        yield f"{request} became {command}"
    if request.car_id and command.car_id != request.car_id:
        yield f"{request} became {command}, of another car"
    tag = request.headers.get("If-Match")
    if tag and tag.strip('"') != str(command.expected_version):
        yield f"{request} became {command}, without its condition"


def every_question_is_answered_when_nothing_fails(what: str, answer: Answer | None) -> Faults:
    """Without faults, every status is below 500."""
    if answer is None or answer.status >= 500:
        yield f"{what} was answered {answer}"
