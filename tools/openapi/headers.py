"""Headers: those that a request may have and those that an answer has."""

from tools.openapi.schemas import Json, ref

_TEXT: Json = {"type": "string"}
_TAGS = r'\*|(W/)?"[0-9]{1,10}"( *, *(W/)?"[0-9]{1,10}")*'


def _request(schema: Json, description: str, example: str) -> Json:
    return {"in": "header", "required": False, "description": description, "schema": {**schema, "examples": [example]}}


_REQUEST: dict[str, Json] = {
    "If-Match": _request(
        {"type": "string", "pattern": rf"^({_TAGS})$"},
        "The `ETag` of the version that the request is meant for, or several (RFC 9110, section 13.1.1). Any other "
        "version is a `version-conflict`. A weak tag matches nothing.",
        '"1"',
    ),
    "If-None-Match": _request(
        {"type": "string", "pattern": rf"^({_TAGS})$"},
        "The `ETag` of the version that the client has, or several (RFC 9110, section 13.1.2). If the car has one of "
        "them, a read is answered `304`, and a write `412`. `*` names every version that there is.",
        '"1"',
    ),
    "Idempotency-Key": _request(
        {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        "Makes a retry safe: for 24 hours, a request with the same key gets the same answer and takes effect once. "
        "Another body under the same key is a 422. Keys of different callers never meet.",
        "8e03978e-40d5-43e8-bc93-6894a57f9324",
    ),
    "Prefer": _request(
        _TEXT,
        "`wait=n` (RFC 7240): the answer waits at most n seconds, n ≤ 20, for what becomes of the command; "
        "an installation may allow less. "
        "Preferences that this API does not know are passed over.",
        "wait=5",
    ),
    "X-Correlation-Id": _request(
        _TEXT, "Goes with the command and its events; at most 64 visible ASCII characters.", "a-42"
    ),
}

REQUEST_HEADERS = {name: {"name": name, **described} for name, described in _REQUEST.items()}


def _answer(description: str, example: str, *, always: bool = True, **schema: str) -> Json:
    return {"description": description, "required": always, "schema": {**_TEXT, **schema, "examples": [example]}}


ANSWER_HEADERS: dict[str, Json] = {
    "Location": _answer(
        "The car's address, relative to the request's (RFC 3986, section 5).",
        "cars/01a2071d-69c6-77e7-9550-63568fb9f91b",
        format="uri-reference",
    ),
    "ETag": _answer("The car's version, as a strong tag.", '"1"', pattern='^"[1-9][0-9]*"$'),
    "Cache-Control": _answer("To be validated before each use.", "no-cache"),
    "Preference-Applied": _answer("That the answer waited, and how long at most.", "wait=5", always=False),
    "Allow": _answer("The methods that this path has.", "DELETE, GET, HEAD, PATCH, PUT"),
    "Accept-Patch": _answer(
        "To a PATCH: the media types that it may have (RFC 5789).",
        "application/json, application/merge-patch+json",
        always=False,
    ),
    "Retry-After": _answer("In how many seconds to try again; API Gateway's own 503 has none.", "2", always=False),
}


def answer_headers(*names: str) -> dict[str, Json]:
    """Refer to headers of an answer."""
    return {name: ref("headers", name) for name in names}
