"""The API's own problems, for answers and for the API's description."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Final

from trigger_pattern.definition.reasons import MAX_REASONS
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.http.exchange import Fault, Problem

NOT_JSON: Final = Problem(HTTPStatus.BAD_REQUEST, "malformed-body", "The body is not JSON.")
REPEATED_NAME: Final = Problem(
    HTTPStatus.BAD_REQUEST, "malformed-body", "An object in the body has two members of one name."
)
NOT_UTF8: Final = Problem(HTTPStatus.BAD_REQUEST, "malformed-body", "The body is not UTF-8.")
NO_BODY: Final = Problem(HTTPStatus.BAD_REQUEST, "malformed-body", "There is no body.")
NOT_FOUND: Final = Problem(HTTPStatus.NOT_FOUND, "not-found", "There is nothing at this path.")
INVALID: Final = Problem(
    HTTPStatus.UNPROCESSABLE_ENTITY,
    "invalid-request",
    "The request is well formed, but not all of its values are valid.",
)
KEY_REUSED: Final = Problem(
    HTTPStatus.UNPROCESSABLE_ENTITY,
    "idempotency-key-reused",
    "This key was used for another request. Send the same one again, or another key.",
)
INTERNAL_ERROR: Final = Problem(
    HTTPStatus.INTERNAL_SERVER_ERROR, "internal-error", "The fault is on this side, and was noted."
)
UNAVAILABLE: Final = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "unavailable",
    "The request may not have been accepted. Try it again.",
    {"Retry-After": "2"},
)
OVERLOADED: Final = Problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "overloaded",
    "Too many commands are waiting. Nothing was accepted; try again later.",
    {"Retry-After": "60"},
)


def invalid(faults: Iterable[Fault]) -> Problem:
    """Answer 422 with an entry for each fault, at most MAX_REASONS: its place, and what was expected."""
    listed = list(faults)
    if len(listed) > MAX_REASONS:
        shown = MAX_REASONS - 1
        listed = [*listed[:shown], Fault("and-more", f"{len(listed) - shown} more values are not valid.")]
    return Problem(INVALID.status, INVALID.code, INVALID.detail, errors=listed)


def method_not_allowed(allowed: str) -> Problem:
    """Answer 405 for a path that has other methods."""
    return Problem(HTTPStatus.METHOD_NOT_ALLOWED, "method-not-allowed", f"This path has {allowed}.", {"Allow": allowed})


def unsupported_media_type(media_types: Iterable[str], *, is_patch: bool) -> Problem:
    """Answer 415, to a PATCH with the accepted media types (RFC 5789, section 2.2)."""
    detail = f"Send the representation as {' or '.join(media_types)}."
    headers = {"Accept-Patch": ", ".join(media_types)} if is_patch else {}
    return Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail, headers)


def body_too_large(most: int) -> Problem:
    """Answer 413."""
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body-too-large", f"Send at most {most} bytes.")


def not_found(resource: AnyResource) -> Problem:
    """Answer 404 for an id that never existed."""
    reason = resource.not_found
    return Problem(HTTPStatus.NOT_FOUND, reason.code, reason.detail)


def gone(resource: AnyResource) -> Problem:
    """Answer 410 for a deleted resource."""
    detail = f"This {resource.words_of_name} was deleted; its events can still be read."
    return Problem(HTTPStatus.GONE, resource.was_deleted.code, detail)


def no_such_version(resource: AnyResource) -> Problem:
    """Answer 404 for a version or time at which the resource did not exist."""
    detail = f"No {resource.words_of_name} with this id had this version, or was there then."
    return Problem(HTTPStatus.NOT_FOUND, "no-such-version", detail)


def no_such_command(resource: AnyResource) -> Problem:
    """Answer 404 for an unknown command."""
    return Problem(HTTPStatus.NOT_FOUND, "command-not-found", f"This {resource.words_of_name} has no such command.")


def precondition_failed(resource: AnyResource) -> Problem:
    """Answer 412 if the current version does not meet the preconditions."""
    detail = f"The {resource.words_of_name}'s current version is not one that If-Match and If-None-Match allow."
    return Problem(HTTPStatus.PRECONDITION_FAILED, "version-conflict", detail)


def matches_no_version(resource: AnyResource) -> Problem:
    """Answer 412 if no version can ever meet the precondition."""
    detail = f"No version of {resource.article} {resource.words_of_name} has the tag of If-Match."
    return Problem(HTTPStatus.PRECONDITION_FAILED, "version-conflict", detail)


def unserved_filters(resource: AnyResource, served: Iterable[tuple[str, ...]]) -> Problem:
    """Answer 422 for filters that no list serves."""
    combinations = "; ".join(", ".join(names[:-1]) + " and " * (len(names) > 1) + names[-1] for names in served)
    plural = resource.plural.replace("-", " ").capitalize()
    detail = f"{plural} are listed by these combinations of filters, and no other: {combinations}."
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "unserved-filters", detail)
