"""Headers: those that a request may have and those that an answer has."""

from typing import Final

from trigger_pattern.application.idempotency import KEY_LIFETIME
from trigger_pattern.application.submitting import MAX_CORRELATION_ID
from trigger_pattern.http.bodies import MEDIA_TYPES
from trigger_pattern.http.headers import MAX_WAIT_SECONDS
from trigger_pattern.http.problems import OVERLOADED
from trigger_pattern.http.routes import ITEM, ROUTES
from trigger_pattern_authoring.openapi.examples import EXAMPLE_COMMAND, EXAMPLE_CORRELATION, EXAMPLE_ID
from trigger_pattern_authoring.openapi.schemas import Json, ref
from trigger_pattern_authoring.openapi.subject import Subject

_TEXT: Final[Json] = {"type": "string"}
_TAGS: Final = r'\*|(W/)?"[0-9]{1,10}"( *, *(W/)?"[0-9]{1,10}")*'
_HOURS: Final = KEY_LIFETIME.total_seconds() / 3600


def _request(schema: Json, description: str, example: str) -> Json:
    return {"in": "header", "required": False, "description": description, "schema": {**schema, "examples": [example]}}


_REQUEST: Final[dict[str, Json]] = {
    "If-Match": _request(
        {"type": "string", "pattern": rf"^({_TAGS})$"},
        "The `ETag` of the version that the request is meant for, or several (RFC 9110, section 13.1.1). Any other "
        "version is a `version-conflict`. A weak tag matches nothing.",
        '"1"',
    ),
    "If-None-Match": _request(
        {"type": "string", "pattern": rf"^({_TAGS})$"},
        "The `ETag` of the version that the client has, or several (RFC 9110, section 13.1.2). If the current version "
        "is one of them, a read is answered `304`, and a write `412`. `*` names every version that there is.",
        '"1"',
    ),
    "Idempotency-Key": _request(
        {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        f"Makes a retry safe: for {_HOURS:.0f} hours, a request with the same key gets the same answer and takes "
        "effect once. Another body under the same key is a 422. Keys of different callers never meet.",
        "8e03978e-40d5-43e8-bc93-6894a57f9324",
    ),
    "Prefer": _request(
        _TEXT,
        f"`wait=n` (RFC 7240): the answer waits at most n seconds for the command's outcome. More than "
        f"{MAX_WAIT_SECONDS} are {MAX_WAIT_SECONDS}, and an installation may allow less. What is no preference, and "
        "preferences that this API does not know, are ignored.",
        "wait=5",
    ),
    "X-Correlation-Id": _request(
        {"type": "string", "minLength": 1, "maxLength": MAX_CORRELATION_ID, "pattern": "^[!-~]+$"},
        "Goes with the command and its events. One that is longer, or has other characters than visible ASCII, is no "
        "error: the id that API Gateway gave the request takes its place.",
        EXAMPLE_CORRELATION,
    ),
}

REQUEST_HEADERS: Final = {name: {"name": name, **described} for name, described in _REQUEST.items()}


def _answer(description: str, example: str, *, always: bool = True, **schema: str) -> Json:
    return {"description": description, "required": always, "schema": {**_TEXT, **schema}, "example": example}


ANSWER_HEADERS: Final[dict[str, Json]] = {
    "ETag": _answer("The version, as a strong tag.", '"1"', pattern='^"[1-9][0-9]*"$'),
    "Cache-Control": _answer("To be validated before each use.", "no-cache"),
    "Vary": _answer("The request's header by which the form of this answer was chosen.", "Accept"),
    "Link": _answer(
        "The next page's address, if any, relative to the request's (RFC 8288). Only a form without `next` has it.",
        '<?after=2&limit=2>; rel="next"',
        always=False,
    ),
    "Preference-Applied": _answer("That the answer waited, and how long at most.", "wait=5", always=False),
    "Allow": _answer("The methods that this path has.", ", ".join(ROUTES[ITEM])),
    "Accept-Patch": _answer(
        "To a PATCH: the media types that it may have (RFC 5789).", ", ".join(MEDIA_TYPES["PATCH"]), always=False
    ),
    "Retry-After": _answer(
        "In how many seconds to try again; API Gateway's own 503 has none.",
        OVERLOADED.headers["Retry-After"],
        always=False,
    ),
}


def answer_headers(*names: str) -> dict[str, Json]:
    """Refer to headers of an answer."""
    return {name: ref("headers", name) for name in names}


def location(subject: Subject) -> dict[str, Json]:
    """Describe the header that says where a new resource is."""
    described = f"The {subject.name}'s address, relative to the request's (RFC 3986, section 5)."
    return {"Location": _answer(described, example_address(subject, created=True), format="uri-reference")}


def content_location(address: str) -> dict[str, Json]:
    """Describe the header that says where a command's outcome is, with an example."""
    described = "The address of the command's outcome, as `command` in the body. No other answer has this header, so a "
    described += "client that cannot see the status recognizes by it that the command is only accepted."
    return {"Content-Location": _answer(described, address, format="uri-reference")}


def example_address(subject: Subject, *, created: bool) -> str:
    """Return the example's address, relative to the collection if it is created there, or else to itself."""
    return f"{subject.resource.plural}/{EXAMPLE_ID}" if created else EXAMPLE_ID


def example_command(subject: Subject, *, created: bool) -> str:
    """Return the address of the example's command, relative to the request that caused it."""
    return f"{example_address(subject, created=created)}/commands/{EXAMPLE_COMMAND}"
