"""The operations that change a car."""

from http import HTTPStatus

from tools.article import EXAMPLE_CAR
from tools.openapi.headers import REQUEST_HEADERS
from tools.openapi.responses import JSON, Answers, answer, bare, problems, shared
from tools.openapi.schemas import EXAMPLE_PATCH, Json

MERGE_PATCH = "application/merge-patch+json"

_WAIT = (
    "The answer says that the command was accepted, and where to look what became of it. With `Prefer: wait=n` it "
    "waits and says that itself, where the time suffices."
)

_REFUSALS = {
    "car-already-exists": "A car with this id is already registered.",
    "car-deleted": "This car was deleted, and its id is never used again.",
    "car-not-found": "No car with this id was ever registered.",
    "immutable-field": "The vin of a registered car cannot change.",
    "invalid-year": "A BMW M3 has a year from 1986 to next year.",
    "mileage-not-greater": "The mileage must be greater than 15000.",
    "negative-mileage": "The mileage cannot be below zero.",
    "superseded": "A command issued later was applied as version 4.",
}


def _refused(*codes: str) -> Answers:
    types = {code: _REFUSALS[code] for code in (*codes, "superseded")}
    intro = "To one who waited: the domain refused it, for each reason in `errors`; the first is the type."
    return {HTTPStatus.CONFLICT: problems(HTTPStatus.CONFLICT, types, "Preference-Applied", intro=intro)}


_STALE = problems(
    HTTPStatus.PRECONDITION_FAILED,
    {"version-conflict": "The car has version 4, not 3."},
    "Preference-Applied",
    intro="`If-Match` has no tag that a version has, or one of several preconditions failed; or, to one who waited, "
    "`If-Match` has another version than the car's.",
)


def _links(*parameters: str) -> dict[str, Json]:
    """Link to the operations that take nothing but these parameters, each a member of the answer's body."""
    follow = {"getCar": ("carId",), "getEvents": ("carId",), "getCommand": ("carId", "commandId")}
    return {
        operation: {"operationId": operation, "parameters": {name: f"$response.body#/{name}" for name in names}}
        for operation, names in follow.items()
        if {*names} <= {*parameters}
    }


def _accepted(*headers: str) -> Json:
    described = "Accepted: the command waits on the queue, and `command` tells what becomes of it."
    accepted = answer(described, "Accepted", *headers, "Preference-Applied")
    return {**accepted, "links": _links("carId", "commandId")}


def _waited(description: str, *headers: str) -> Json:
    waited = answer(description, "Car", *headers, "ETag", "Cache-Control", "Preference-Applied")
    return {**waited, "links": _links("carId")}


def _body(media_types: tuple[str, ...], name: str, summary: str, value: object) -> Json:
    return {"content": {kind: {"examples": {name: {"summary": summary, "value": value}}} for kind in media_types}}


_WHOLE = _body((JSON,), "article", "The article's example", EXAMPLE_CAR)
_PATCH = _body((MERGE_PATCH, JSON), "driven", "Repainted and driven", EXAMPLE_PATCH)


def _headers(*names: str) -> list[Json]:
    return [REQUEST_HEADERS[name] for name in (*names, "Idempotency-Key", "Prefer", "X-Correlation-Id")]


_NO_BODY = shared("InvalidWrite")
_WITH_BODY = shared("Malformed", "TooLarge", "UnsupportedMediaType", "InvalidWrite")
_CHANGED: Answers = {
    HTTPStatus.OK: _waited("To one who waited: the car as the command left it."),
    HTTPStatus.ACCEPTED: _accepted(),
    HTTPStatus.PRECONDITION_FAILED: _STALE,
    **_WITH_BODY,
}

POST_CAR: Json = {
    "operationId": "postCar",
    "summary": "Register a car",
    "description": f"The car gets an id, which `Location` tells. {_WAIT}",
    "tags": ["Changes"],
    "parameters": _headers(),
    "requestBody": _WHOLE,
    "responses": {
        HTTPStatus.CREATED: _waited("To one who waited: the car.", "Location"),
        HTTPStatus.ACCEPTED: _accepted("Location"),
        **_refused("car-already-exists", "invalid-year", "negative-mileage"),
        **_WITH_BODY,
    },
}

PUT_CAR: Json = {
    "operationId": "putCar",
    "summary": "Replace a car's representation",
    "description": "Send the whole car, with what is to change changed; each changed field becomes an event of its "
    f"own. Year, make, model and VIN cannot change. {_WAIT}",
    "tags": ["Changes"],
    "parameters": _headers("If-Match", "If-None-Match"),
    "requestBody": _WHOLE,
    "responses": {
        **_CHANGED,
        **_refused("car-deleted", "car-not-found", "immutable-field", "mileage-not-greater"),
    },
}

PATCH_CAR: Json = {
    "operationId": "patchCar",
    "summary": "Change some of a car's fields",
    "description": f"A JSON Merge Patch (RFC 7396). No field can be removed, so null is not valid. {_WAIT}",
    "tags": ["Changes"],
    "parameters": _headers("If-Match", "If-None-Match"),
    "requestBody": _PATCH,
    "responses": {**_CHANGED, **_refused("car-deleted", "car-not-found", "mileage-not-greater")},
}

DELETE_CAR: Json = {
    "operationId": "deleteCar",
    "summary": "Delete a car, for ever",
    "description": f"Its history stays readable, and its id is never used again. {_WAIT}",
    "tags": ["Changes"],
    "parameters": _headers("If-Match", "If-None-Match"),
    "responses": {
        HTTPStatus.ACCEPTED: _accepted(),
        HTTPStatus.NO_CONTENT: bare("To one who waited: the car is gone.", "Preference-Applied"),
        HTTPStatus.PRECONDITION_FAILED: _STALE,
        **_refused("car-deleted", "car-not-found"),
        **_NO_BODY,
    },
}
