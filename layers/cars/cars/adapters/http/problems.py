"""Errors as problem documents (RFC 9457)."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response

from cars.domain import refusals
from cars.domain.representation import MAX_REASONS
from trigger_pattern import Refusal

JSON = "application/json"
MEDIA_TYPE = "application/problem+json"


def problem_type(code: str) -> str:
    """Name a problem's type."""
    return f"urn:cars:problem:{code}"


def title_of(code: str) -> str:
    """Give the title of a type of problem."""
    return code.replace("-", " ").capitalize()


def problem(
    status: HTTPStatus,
    code: str,
    detail: str,
    headers: Mapping[str, str] | None = None,
    errors: Iterable[Mapping[str, str]] = (),
) -> Response[str]:
    """Make a problem document; `code` names its type, `errors` are the single faults where there are several.

    No cache may answer with it unasked: after a `202`, a client polls an address that is a 404 at first.
    """
    body: dict[str, Any] = {
        "type": problem_type(code),
        "title": title_of(code),
        "status": status.value,
        "detail": detail,
    }
    if listed := list(errors):
        body["errors"] = listed
    return Response(
        status.value,
        MEDIA_TYPE,
        json.dumps(body, separators=(",", ":")),
        headers={"Cache-Control": "no-cache", **(headers or {})},
    )


def invalid(errors: Iterable[Mapping[str, str]]) -> Response[str]:
    """Answer 422 with one entry for each fault, MAX_REASONS at most: where it is, and what was expected."""
    detail = "The request is well formed, but not all of its values are valid."
    listed = list(errors)
    if len(listed) > MAX_REASONS:
        more = refusals.and_more(len(listed) - MAX_REASONS + 1)
        listed = [*listed[: MAX_REASONS - 1], refusal_entry(more)]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-request", detail, errors=listed)


def json_pointer(path: Iterable[object]) -> str:
    """Return a JSON Pointer (RFC 6901) of these steps; each is cut as the domain cuts names."""
    return "".join(refusals.pointer_to(str(step)) for step in path)


def refusal_entry(reason: Refusal) -> dict[str, str]:
    """Write one of the domain's reasons as an entry of `errors`."""
    entry = {"code": reason.code, "detail": reason.detail}
    return {**entry, "pointer": reason.pointer} if reason.pointer else entry
