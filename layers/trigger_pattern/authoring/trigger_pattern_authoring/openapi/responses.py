"""How answers are described, most of them problem documents, and those that several operations share."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, TypeAlias

from trigger_pattern.application.outcomes import FAILED
from trigger_pattern.definition.reasons import unknown_field
from trigger_pattern.definition.records import NO_SUCH_FIELD
from trigger_pattern.http.bodies import MEDIA_TYPES
from trigger_pattern.http.exchange import JSON, PROBLEM_JSON, Fault, Problem
from trigger_pattern.http.parameters import NO_SUCH_PARAMETER
from trigger_pattern.http.problems import (
    INTERNAL_ERROR,
    KEY_REUSED,
    NO_BODY,
    NOT_JSON,
    NOT_UTF8,
    OVERLOADED,
    REPEATED_NAME,
    UNAVAILABLE,
    invalid,
    method_not_allowed,
    unsupported_media_type,
)
from trigger_pattern.http.routes import ITEM, ROUTES
from trigger_pattern_authoring.openapi.headers import answer_headers
from trigger_pattern_authoring.openapi.schemas import Json, ref

Answers: TypeAlias = dict[HTTPStatus, Json]


def answer(description: str, schema: Json, *headers: str, examples: Mapping[str, Json | None]) -> Json:
    """Describe an answer with a body. `examples` are by their names; those that are None could not be drawn."""
    return {
        "description": description,
        "headers": answer_headers(*headers),
        "content": {JSON: content(schema, examples)},
    }


def content(schema: Json, examples: Mapping[str, Any]) -> Json:
    """Describe a body, with the examples that could be drawn."""
    drawn = {name: {"value": value} for name, value in examples.items() if value is not None}
    return {"schema": schema, **({"examples": drawn} if drawn else {})}


def or_else(media_type: str, body: Json, described: Json) -> Json:
    """Describe an answer that has another form too, for clients that prefer its media type."""
    return {**described, "content": {**described["content"], media_type: body}}


def bare(description: str, *headers: str) -> Json:
    """Describe an answer without a body."""
    return {"description": description, "headers": answer_headers(*headers)}


def problems(service: str, given: Sequence[Problem], *headers: str, intro: str = "", gateway: bool = False) -> Answers:
    """Describe an answer whose body is one of these problem documents, under the status that they all have.

    With `gateway`, API Gateway has the same status too, with a body of its own.
    """
    codes = list(dict.fromkeys(problem.code for problem in given))
    bodies: Json = {PROBLEM_JSON: {"schema": ref("schemas", "Problem"), "examples": _examples(service, given)}}
    if gateway:
        bodies |= _of_gateway(given[0].status)
    described = [f"`{code}`: {' '.join(each.detail for each in given if each.code == code)}" for code in codes]
    headers = headers if gateway else (*headers, "Cache-Control")
    text = " ".join([*([intro] if intro else []), *described])
    return {given[0].status: {"description": text, "headers": answer_headers(*headers), "content": bodies}}


def _of_gateway(status: HTTPStatus) -> Json:
    examples = {"gateway": {"value": {"message": status.phrase}}}
    return {JSON: {"schema": ref("schemas", "GatewayError"), "examples": examples}}


def _examples(service: str, given: Sequence[Problem]) -> Json:
    """Return the documents by their codes; the second of a code is `code-2`."""
    examples: Json = {}
    seen = Counter[str]()
    for problem in given:
        seen[problem.code] += 1
        name = problem.code if seen[problem.code] == 1 else f"{problem.code}-{seen[problem.code]}"
        examples[name] = {"value": problem.answer(service).body}
    return examples


@dataclass(frozen=True)
class _Own:
    """Problems of the API's own, of one status."""

    problems: tuple[Problem, ...]
    headers: tuple[str, ...] = ()
    gateway: bool = False

    def described(self, service: str) -> Json:
        """Describe the answer."""
        [described] = problems(service, self.problems, *self.headers, gateway=self.gateway).values()
        return described


_FAILED: Final = Problem(HTTPStatus.INTERNAL_SERVER_ERROR, FAILED.code, FAILED.detail)
_UNSUPPORTED: Final = tuple(
    unsupported_media_type(MEDIA_TYPES[method], is_patch=method == "PATCH") for method in ("PUT", "PATCH")
)

INVALID_QUERY: Final = invalid([Fault("unknown-parameter", NO_SUCH_PARAMETER, parameter="page")])
_INVALID_BODY: Final = invalid([Fault.of(unknown_field("remark", NO_SUCH_FIELD))])

_OWN: Final = {
    "Malformed": _Own((NOT_JSON, REPEATED_NAME, NOT_UTF8, NO_BODY)),
    "NotAllowed": _Own((method_not_allowed(", ".join(ROUTES[ITEM])),), ("Allow",)),
    "UnsupportedMediaType": _Own(_UNSUPPORTED, ("Accept-Patch",)),
    "Invalid": _Own((INVALID_QUERY,)),
    "InvalidWrite": _Own((_INVALID_BODY, KEY_REUSED)),
    "InternalError": _Own((INTERNAL_ERROR, _FAILED), gateway=True),
    "Unavailable": _Own((UNAVAILABLE,), ("Retry-After",), gateway=True),
    "UnavailableWrite": _Own((UNAVAILABLE, OVERLOADED), ("Retry-After",), gateway=True),
}

_GATEWAYS: Final = {
    "Unauthorized": (HTTPStatus.UNAUTHORIZED, "The bearer token is missing or invalid, if one is required."),
    "Forbidden": (HTTPStatus.FORBIDDEN, "The signature is missing or invalid, or does not permit this request."),
    "TooManyRequests": (HTTPStatus.TOO_MANY_REQUESTS, "All callers together sent more than the API takes."),
}

_ANYWHERE: Final = ("Unauthorized", "Forbidden", "NotAllowed", "TooManyRequests", "InternalError")


def shared_responses(service: str) -> dict[str, Json]:
    """Return, by the names of their components, the answers that are the same for every resource."""
    own = {name: each.described(service) for name, each in _OWN.items()}
    gateways = {
        name: {"description": text, "headers": {}, "content": _of_gateway(status)}
        for name, (status, text) in _GATEWAYS.items()
    }
    return own | gateways


def shared(*names: str) -> Answers:
    """Refer to shared answers, and to those that any operation can have."""
    return {_status(name): ref("responses", name) for name in (*names, *_ANYWHERE)}


def _status(name: str) -> HTTPStatus:
    return _OWN[name].problems[0].status if name in _OWN else _GATEWAYS[name][0]
