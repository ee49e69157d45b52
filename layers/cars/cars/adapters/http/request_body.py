"""What a request's body must be before anything reads its fields: JSON, said to be JSON, and small."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NoReturn

from aws_lambda_powertools.event_handler import Response

from cars.adapters.http.problems import problem

MAX_BODY = 4096
"""In bytes: ten times the article's example."""

WITH_BODY = frozenset({"POST", "PUT"})
"""The methods of the routes whose requests have a body; `$default` is none of them."""


class NotJson(ValueError):
    """The body is not JSON (RFC 8259)."""


def refuse_body(event: Mapping[str, Any]) -> Response[str] | None:
    """Answer 400, 413 or 415 where an API Gateway event (payload 2.0) carries a body that is not even to be parsed."""
    if event["routeKey"].partition(" ")[0] not in WITH_BODY:
        return None
    media_type = event.get("headers", {}).get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        detail = "Send the representation as application/json."
        return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail)
    body = event.get("body") or ""
    if not body:
        return problem(HTTPStatus.BAD_REQUEST, "malformed-body", "There is no body.")
    if len(body.encode()) > MAX_BODY:
        detail = f"Send at most {MAX_BODY} bytes."
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body-too-large", detail)
    return None


def parse_json(body: str) -> Any:  # noqa: ANN401 - whatever JSON has
    """Parse a body, strictly: no NaN, no number too long to be one, no nesting too deep. Raises NotJson."""
    try:
        return json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise NotJson from error


def _refuse_constant(name: str) -> NoReturn:
    raise NotJson(name)
