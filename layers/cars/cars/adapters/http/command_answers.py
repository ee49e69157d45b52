"""The answers to a write: that it was accepted, or, to who waited, what became of it."""

from http import HTTPStatus
from typing import Any, assert_never

from aws_lambda_powertools.event_handler import Response

from cars.adapters.http.car_answers import car_answer, precondition_failed
from cars.adapters.http.problems import JSON, invalid, problem, refusal_entry
from cars.application.idempotency import KeyReused, Ticket
from cars.application.outcomes import RecordedOutcome, Status
from cars.application.querying import CarAsOf
from cars.application.submitting import Overloaded, PreconditionFailed
from cars.domain.car import Car
from cars.domain.root import Gone
from cars.domain.values import CarId
from trigger_pattern import Refusal, Refused

RETRY_WHEN_OVERLOADED_SECONDS = 60


def rejected(result: Refused | KeyReused | Overloaded | PreconditionFailed) -> Response[Any]:
    """Answer 422 to a request that was not accepted, 412 if its preconditions failed, 503 if there was no room."""
    if isinstance(result, Refused):
        return invalid(map(refusal_entry, result.reasons))
    if isinstance(result, Overloaded):
        detail = "Too many commands are waiting. Nothing was accepted; try again later."
        headers = {"Retry-After": str(RETRY_WHEN_OVERLOADED_SECONDS)}
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "overloaded", detail, headers)
    if isinstance(result, PreconditionFailed):
        return precondition_failed()
    detail = "This key was used for another request. Send the same one again, or another key."
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "idempotency-key-reused", detail)


def accepted(ticket: Ticket, *, created: bool) -> Response[Any]:
    """Answer 202: where the car is going to be, and where to look what became of the command.

    Addresses are references relative to the request's own (RFC 3986, section 5), so that they hold under any base path.
    """
    car = _car_reference(ticket.car_id, created=created)
    body = {
        "carId": str(ticket.car_id),
        "commandId": str(ticket.command_id),
        "command": f"{car}/commands/{ticket.command_id}",
    }
    return Response(HTTPStatus.ACCEPTED.value, JSON, body, {"Location": car} if created else {})


def applied(car: CarAsOf, *, created: bool) -> Response[Any]:
    """Answer 201 or 200 with the car as the command left it, 204 after a delete."""
    if isinstance(car.state, Gone):
        return Response(HTTPStatus.NO_CONTENT.value, body="")
    answer = car_answer(car, HTTPStatus.CREATED if created else HTTPStatus.OK)
    if created and isinstance(car.state, Car):
        answer.headers["Location"] = _car_reference(car.state.car_id, created=True)
    return answer


def _car_reference(car_id: CarId, *, created: bool) -> str:
    """Return a car's address, seen from `/cars`, at which cars are created, or from the car itself."""
    return f"cars/{car_id}" if created else str(car_id)


def refused(outcome: RecordedOutcome) -> Response[Any]:
    """Answer 412 to a stale version, 409 to any other refusal, 500 where the command was set aside."""
    reason = outcome.reasons[0] if outcome.reasons else Refusal("refused", "")
    errors = map(refusal_entry, outcome.reasons)
    match outcome.status:
        case Status.REFUSED if reason.code == "version-conflict":
            return problem(HTTPStatus.PRECONDITION_FAILED, reason.code, reason.detail, errors=errors)
        case Status.REFUSED:
            return problem(HTTPStatus.CONFLICT, reason.code, reason.detail, errors=errors)
        case Status.FAILED:
            return problem(HTTPStatus.INTERNAL_SERVER_ERROR, reason.code, reason.detail)
        case Status.UNCHANGED:
            raise ValueError("nothing was refused")
        case _:
            assert_never(outcome.status)
