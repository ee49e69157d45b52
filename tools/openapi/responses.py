"""The answers that several operations share, most of them problem documents."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TypeAlias

from cars.adapters.http.problems import MEDIA_TYPE, problem_type, title_of
from cars.adapters.http.request_body import MAX_BODY
from tools.openapi.headers import answer_headers
from tools.openapi.schemas import Json, ref

JSON = "application/json"

Answers: TypeAlias = dict[HTTPStatus, Json]


def answer(description: str, schema: str, *headers: str) -> Json:
    """Describe an answer whose body is one of the components' schemas."""
    body = {JSON: {"schema": ref("schemas", schema)}}
    return {"description": description, "headers": answer_headers(*headers), "content": body}


def bare(description: str, *headers: str) -> Json:
    """Describe an answer without a body."""
    return {"description": description, "headers": answer_headers(*headers)}


def problems(
    status: HTTPStatus, types: Mapping[str, str], *headers: str, intro: str = "", gateway: bool = False
) -> Json:
    """Describe an answer whose body is a problem document, by its types and what each means.

    With `gateway`, API Gateway gives the same status too, with a body of its own.
    """
    narrowed = {"properties": {"type": {"enum": [problem_type(code) for code in types]}, "status": {"const": status}}}
    examples = {
        code: {"value": {"type": problem_type(code), "title": title_of(code), "status": status, "detail": meaning}}
        for code, meaning in types.items()
    }
    content: Json = {MEDIA_TYPE: {"schema": {"allOf": [ref("schemas", "Problem"), narrowed]}, "examples": examples}}
    if gateway:
        content[JSON] = {"schema": ref("schemas", "GatewayError")}
    described = " ".join([*([intro] if intro else []), *(f"`{code}`: {meaning}" for code, meaning in types.items())])
    own = () if gateway else ("Cache-Control",)
    return {"description": described, "headers": answer_headers(*headers, *own), "content": content}


def _problems(
    status: HTTPStatus, types: Mapping[str, str], *headers: str, gateway: bool = False
) -> tuple[HTTPStatus, Json]:
    return status, problems(status, types, *headers, gateway=gateway)


def _gateway(status: HTTPStatus, description: str) -> tuple[HTTPStatus, Json]:
    return status, answer(description, "GatewayError")


_INVALID = {"invalid-request": "The request is well formed, but not all of its values are valid."}

_SHARED: dict[str, tuple[HTTPStatus, Json]] = {
    "Malformed": _problems(HTTPStatus.BAD_REQUEST, {"malformed-body": "The body is not JSON."}),
    "Unauthorized": _gateway(HTTPStatus.UNAUTHORIZED, "The bearer token is missing or not valid, where one is wanted."),
    "Forbidden": _gateway(HTTPStatus.FORBIDDEN, "The signature is missing or not valid, or permits nothing here."),
    "NotAllowed": _problems(
        HTTPStatus.METHOD_NOT_ALLOWED, {"method-not-allowed": "This path has DELETE, GET, HEAD, PATCH, PUT."}, "Allow"
    ),
    "TooLarge": _problems(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"body-too-large": f"Send at most {MAX_BODY} bytes."}),
    "UnsupportedMediaType": _problems(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        {"unsupported-media-type": "Send the representation as application/json."},
        "Accept-Patch",
    ),
    "Invalid": _problems(HTTPStatus.UNPROCESSABLE_ENTITY, _INVALID),
    "InvalidWrite": _problems(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        {**_INVALID, "idempotency-key-reused": "This key was used for another request."},
    ),
    "InvalidList": _problems(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        {**_INVALID, "unserved-filters": "Cars are listed by some combinations of filters, and no other."},
    ),
    "TooManyRequests": _gateway(HTTPStatus.TOO_MANY_REQUESTS, "All callers together sent more than the API takes."),
    "InternalError": _problems(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        {
            "internal-error": "The fault is on this side, and was noted.",
            "failed": "The command could not be handled and was set aside.",
        },
        gateway=True,
    ),
    "Unavailable": _problems(
        HTTPStatus.SERVICE_UNAVAILABLE,
        {"unavailable": "The request may not have been accepted. Try it again."},
        "Retry-After",
        gateway=True,
    ),
}
"""By name, the answers that are the same wherever they are given, with their status."""

SHARED = {name: described for name, (_, described) in _SHARED.items()}

_ANYWHERE = ("Unauthorized", "Forbidden", "NotAllowed", "TooManyRequests", "InternalError", "Unavailable")


def shared(*names: str) -> Answers:
    """Refer to shared answers, and to those that any operation may give."""
    return {_SHARED[name][0]: ref("responses", name) for name in (*names, *_ANYWHERE)}
