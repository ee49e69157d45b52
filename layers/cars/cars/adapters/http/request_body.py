"""What a request's body must be before anything reads its fields: JSON, said to be JSON, and small."""

import base64
import binascii
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from cars.adapters.http.problems import JSON, problem
from cars.adapters.json_text import read_object

MAX_BODY = 4096
"""In bytes: ten times the article's example."""

MEDIA_TYPES = {"POST": (JSON,), "PUT": (JSON,), "PATCH": (JSON, "application/merge-patch+json")}
"""By the methods of the routes whose requests have a body; `$default` is none of them."""


def check_body(event: Mapping[str, Any]) -> Mapping[str, Any] | Response[str]:
    """Give an HTTP API event with its body as text and its media type in one spelling, or answer 400, 413 or 415."""
    method = event["routeKey"].partition(" ")[0]
    media_types = MEDIA_TYPES.get(method)
    if not media_types:
        return event
    headers: Mapping[str, str] = event.get("headers") or {}
    if headers.get("content-type", "").partition(";")[0].strip().lower() not in media_types:
        detail = f"Send the representation as {' or '.join(media_types)}."
        accepted = {"Accept-Patch": ", ".join(media_types)} if method == "PATCH" else {}  # RFC 5789, section 2.2
        return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail, accepted)
    try:
        body = _body(event)
        text = body.decode()
    except (binascii.Error, UnicodeError):
        return problem(HTTPStatus.BAD_REQUEST, "malformed-body", "The body is not UTF-8.")
    if not body:
        return problem(HTTPStatus.BAD_REQUEST, "malformed-body", "There is no body.")
    if len(body) > MAX_BODY:
        detail = f"Send at most {MAX_BODY} bytes."
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body-too-large", detail)
    return {**event, "headers": {**headers, "content-type": JSON}, "body": text, "isBase64Encoded": False}


def _body(event: Mapping[str, Any]) -> bytes:
    body = (event.get("body") or "").encode()
    return base64.b64decode(body, validate=True) if event.get("isBase64Encoded") else body


def parse_json(body: str) -> dict[str, Any]:
    """Parse a body. Raises NotJson, and RequestValidationError if it is no object: Powertools takes arrays apart."""
    parsed = read_object(body)
    if parsed is None:
        raise RequestValidationError([{"loc": ("body",), "type": "model_attributes_type", "msg": "not an object"}])
    return parsed
