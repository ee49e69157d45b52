"""Requests as API Gateway sends them to a function (HTTP API, payload format 2.0), and answers as it takes them."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final, Protocol

from trigger_pattern.kernel import Refusal

JSON: Final = "application/json"
PROBLEM_JSON: Final = "application/problem+json"


class Context(Protocol):
    """What of Lambda's context is used."""

    def get_remaining_time_in_millis(self) -> int:
        """Return how long the function may still run."""
        ...


@dataclass(frozen=True)
class Request:
    """A request by the route that API Gateway chose; `method` is GET for HEAD, which is answered without a body.

    `path_parameters` are those of the route's template. Names of `headers` are in lower case. `remaining` returns how
    many seconds the function has left.
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
        """Read an event. A request of `$default`, which fits no route, has no template."""
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
    """An answer; `body` is what JSON has, or a text of another media type, in base64 if `is_base64`."""

    status: HTTPStatus
    body: Mapping[str, Any] | str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    media_type: str = JSON
    is_base64: bool = False


@dataclass(frozen=True)
class Fault:
    """One fault of a request: an entry of a problem's `errors`, at a JSON Pointer into the body or in a parameter.

    The pointer to the whole body is empty, and so may be a parameter's name. None stands for no such member.
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
        """Return the members that it has."""
        return {name: value for name, value in vars(self).items() if value is not None}


@dataclass(frozen=True)
class Problem:
    """An error, answered as a problem document (RFC 9457); `errors` are the single faults where there are several.

    No cache may answer with it unasked: after a `202`, a client polls an address that is a 404 at first.
    """

    status: HTTPStatus
    code: str
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    errors: Iterable[Fault] = ()

    def answer(self, service: str) -> Answer:
        """Write the document; its type is in the service's URNs."""
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
    """A request that cannot be read on, answered with the problem."""

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
    """Write an answer for API Gateway; that to a HEAD has no body, and the same status and headers."""
    body = answer.body if isinstance(answer.body, str) else json.dumps(answer.body, separators=(",", ":"))
    return {
        "statusCode": answer.status.value,
        "headers": {"Content-Type": answer.media_type, **answer.headers} if body else {**answer.headers},
        "body": "" if is_head else body,
        "isBase64Encoded": answer.is_base64 and not is_head,
    }
