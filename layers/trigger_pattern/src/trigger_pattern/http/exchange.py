"""Requests and answers as API Gateway exchanges them with a function (HTTP API, payload format 2.0)."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final, Protocol

from trigger_pattern.kernel import Refusal

JSON: Final = "application/json"
PROBLEM_JSON: Final = "application/problem+json"


class Context(Protocol):
    """The part of Lambda's context that is used."""

    def get_remaining_time_in_millis(self) -> int:
        """Return how long the function may still run, in milliseconds."""
        ...


@dataclass(frozen=True)
class Request:
    """A request by the route that API Gateway chose; `method` is GET for HEAD, which is answered without a body.

    `path_parameters` are those of the route's template. Names of `headers` are in lower case. `remaining` returns the
    seconds that the function has left.
    """

    event: Mapping[str, Any]
    method: str
    template: str
    path_parameters: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    remaining: Callable[[], float]

    @classmethod
    def of(cls, event: Mapping[str, Any], context: Context) -> "Request":
        """Return the request of an event. One of `$default`, which fits no route, has no template."""
        method, _, template = event["routeKey"].partition(" ")
        headers: Mapping[str, str] = event.get("headers") or {}
        return cls(
            event=event,
            method="GET" if method == "HEAD" else method,
            template=template,
            path_parameters=event.get("pathParameters") or {},
            query=event.get("queryStringParameters") or {},
            headers={name.lower(): value for name, value in headers.items()},
            remaining=lambda: context.get_remaining_time_in_millis() / 1000,
        )

    @property
    def is_head(self) -> bool:
        """Whether the answer goes without its body (RFC 9110, section 9.3.2)."""
        return bool(self.event["requestContext"]["http"]["method"] == "HEAD")


@dataclass(frozen=True)
class Answer:
    """An answer. `body` is written as JSON, or is a text of another form, in base64 if `is_base64`."""

    status: HTTPStatus
    body: Mapping[str, Any] | Sequence[Mapping[str, Any]] | str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    media_type: str = JSON
    is_base64: bool = False


@dataclass(frozen=True)
class Fault:
    """One fault of a request: an entry of a problem's `errors`, at a JSON Pointer into the body or in a parameter.

    The pointer to the whole body is empty, and a parameter's name may be. None stands for a missing member.
    """

    code: str
    detail: str
    pointer: str | None = None
    parameter: str | None = None

    @classmethod
    def of(cls, reason: Refusal) -> "Fault":
        """Return one of the domain's reasons as a fault of the body."""
        return cls(reason.code, reason.detail, reason.pointer or None)

    def entry(self) -> dict[str, str]:
        """Return its members other than None."""
        return {name: value for name, value in vars(self).items() if value is not None}


@dataclass(frozen=True)
class Problem:
    """An error, answered as a problem document (RFC 9457). `errors` are the single faults, if there may be several.

    No cache may reuse it without validation: after a `202`, a client polls an address that is a 404 at first.
    """

    status: HTTPStatus
    code: str
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    errors: Iterable[Fault] = ()

    def answer(self, service: str) -> Answer:
        """Return the problem document; its type is one of the service's URNs."""
        body: dict[str, Any] = {
            "type": problem_type(service, self.code),
            "title": title_of(self.code),
            "status": self.status.value,
            "detail": self.detail,
        }
        if errors := [fault.entry() for fault in self.errors]:
            body["errors"] = errors
        return Answer(self.status, body, {"Cache-Control": "no-cache", **self.headers}, PROBLEM_JSON)


class ProblemFound(Exception):
    """Ends the reading of a request, which is answered with the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def problem_type(service: str, code: str) -> str:
    """Return the URI of a type of problem: `urn:accounts:problem:not-found`."""
    return f"urn:{service}:problem:{code}"


def title_of(code: str) -> str:
    """Return the title of a type of problem."""
    return code.replace("-", " ").capitalize()


def written(answer: Answer, *, is_head: bool) -> dict[str, Any]:
    """Return an answer for API Gateway. That to a HEAD has the same status and headers, but no body."""
    body = answer.body if isinstance(answer.body, str) else json.dumps(answer.body, separators=(",", ":"))
    return {
        "statusCode": answer.status.value,
        "headers": {"Content-Type": answer.media_type, **answer.headers} if body else {**answer.headers},
        "body": "" if is_head else body,
        "isBase64Encoded": answer.is_base64 and not is_head,
    }
