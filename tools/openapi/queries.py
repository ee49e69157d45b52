"""The operations that read."""

from http import HTTPStatus

from tools.openapi.headers import REQUEST_HEADERS
from tools.openapi.responses import answer, bare, problems, shared
from tools.openapi.schemas import Json

_NO_CAR = {"car-not-found": "No car with this id was ever registered."}
_NOT_THEN = {"no-such-version": "No car with this id had this version, or was there then."}
_NO_COMMAND = {"command-not-found": "This car has no such command."}
_GONE = {"car-deleted": "This car was deleted; its events can still be read."}
_NOT_MATCHED = {"version-conflict": "The car's version is not one that If-Match allows."}
_INVALID = shared("Invalid")

GET_CAR: Json = {
    "operationId": "getCar",
    "summary": "Read a car",
    "description": "As it is now; or as it was after its event `version`, or at the time `at`.",
    "tags": ["Cars"],
    "parameters": [REQUEST_HEADERS["If-Match"], REQUEST_HEADERS["If-None-Match"]],
    "responses": {
        HTTPStatus.OK: answer("The car.", "Car", "ETag", "Cache-Control"),
        HTTPStatus.NOT_MODIFIED: bare("The client has the newest version.", "ETag", "Cache-Control"),
        HTTPStatus.NOT_FOUND: problems(HTTPStatus.NOT_FOUND, {**_NO_CAR, **_NOT_THEN}),
        HTTPStatus.GONE: problems(HTTPStatus.GONE, _GONE),
        HTTPStatus.PRECONDITION_FAILED: problems(HTTPStatus.PRECONDITION_FAILED, _NOT_MATCHED),
        **_INVALID,
    },
}

GET_EVENTS: Json = {
    "operationId": "getEvents",
    "summary": "Read what happened to a car",
    "description": "Its events, oldest first. Versions have no gaps, so `after` can be the last one that was seen.",
    "tags": ["Cars"],
    "responses": {
        HTTPStatus.OK: answer("A page of events.", "EventPage", "Cache-Control"),
        HTTPStatus.NOT_FOUND: problems(HTTPStatus.NOT_FOUND, _NO_CAR),
        **_INVALID,
    },
}

GET_COMMAND: Json = {
    "operationId": "getCommand",
    "summary": "Read what became of a command",
    "description": "Kept for 30 days where it changed nothing, for ever where it did.",
    "tags": ["Changes"],
    "responses": {
        HTTPStatus.OK: answer("What became of it.", "CommandOutcome", "Cache-Control"),
        HTTPStatus.NOT_FOUND: problems(HTTPStatus.NOT_FOUND, _NO_COMMAND),
        **_INVALID,
    },
}

GET_CARS: Json = {
    "operationId": "getCars",
    "summary": "List cars",
    "description": "By owner, by VIN, or by make and model together, then also by color or by condition. What was "
    "changed a moment ago may not show yet. Deleted cars are not listed.",
    "tags": ["Cars"],
    "responses": {
        HTTPStatus.OK: answer("A page of cars.", "CarPage", "Cache-Control"),
        **shared("InvalidList"),
    },
}
