"""Bodies: small JSON objects, declared as JSON. A PUT may send back the members that GET shows beside the fields."""

import base64
import binascii
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from trigger_pattern.application.json_text import NotJson, RepeatedName, read_object
from trigger_pattern.definition.reasons import Invalid
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.sizes import largest_value
from trigger_pattern.definition.texts import read_uuid
from trigger_pattern.http.exchange import JSON, Fault, ProblemFound, Request
from trigger_pattern.http.problems import (
    NO_BODY,
    NOT_JSON,
    NOT_UTF8,
    REPEATED_NAME,
    body_too_large,
    unsupported_media_type,
)

MEDIA_TYPES: Final = {"POST": (JSON,), "PUT": (JSON,), "PATCH": (JSON, "application/merge-patch+json")}
SMALLEST_LIMIT: Final = 4096
NOT_AN_OBJECT: Final = Fault("invalid-value", "Expected a JSON object.", pointer="")


def most_of(resource: AnyResource) -> int:
    """Return the largest size of a body in bytes: enough for the longest value with blanks and escapes."""
    return max(SMALLEST_LIMIT, 3 * largest_value(resource))


def read_fields(request: Request, most: int) -> Mapping[str, Any] | None:
    """Return a body's members; None if it is JSON but no object. Raises ProblemFound: 400, 413 or 415."""
    media_types = MEDIA_TYPES[request.method]
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in media_types:
        raise ProblemFound(unsupported_media_type(media_types, is_patch=request.method == "PATCH"))
    try:
        body = _body(request)
        text = body.decode()
    except (binascii.Error, UnicodeError):
        raise ProblemFound(NOT_UTF8) from None
    if not body:
        raise ProblemFound(NO_BODY)
    if len(body) > most:
        raise ProblemFound(body_too_large(most))
    return _parsed(text)


def without_echo(
    resource: AnyResource, fields: Mapping[str, Any], aggregate_id: str
) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Return fields without the members that GET and lists add, and the faults of those members.

    The version is ignored: the only precondition of a PUT is `If-Match`.
    """
    representation, faults = dict(fields), list[Fault]()
    if resource.id in representation and not _is_id(representation.pop(resource.id), aggregate_id):
        faults.append(Fault("invalid-value", "Expected the id in the path, or none.", f"/{resource.id}"))
    if "version" in representation and not _is_version(representation.pop("version")):
        faults.append(Fault("invalid-value", "Expected a version, a whole number from 1, or none.", "/version"))
    return representation, tuple(faults)


def _body(request: Request) -> bytes:
    body = (request.event.get("body") or "").encode()
    return base64.b64decode(body, validate=True) if request.event.get("isBase64Encoded") else body


def _parsed(text: str) -> Mapping[str, Any] | None:
    try:
        return read_object(text)
    except RepeatedName:
        raise ProblemFound(REPEATED_NAME) from None
    except NotJson:
        raise ProblemFound(NOT_JSON) from None


def _is_version(value: object) -> bool:
    """Return whether a value is a whole number from 1 on, of any size: Decimal cannot compute a remainder of 1e400."""
    if isinstance(value, Decimal):
        return value >= 1 and value == value.to_integral_value()
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_id(value: object, aggregate_id: str) -> bool:
    try:
        return aggregate_id in ("", str(read_uuid(value)))
    except Invalid:
        return False
