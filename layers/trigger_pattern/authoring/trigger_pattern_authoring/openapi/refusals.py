"""What a resource's commands are refused for. Only an answer that waited for the outcome has one of these."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from http import HTTPStatus
from typing import Final

from trigger_pattern.definition.reasons import missing_value
from trigger_pattern.definition.resource import AnyResource, Resource
from trigger_pattern.http.exchange import Fault, Problem
from trigger_pattern.http.problems import matches_no_version, precondition_failed
from trigger_pattern.kernel import Refusal
from trigger_pattern_authoring.openapi.responses import Answers, problems
from trigger_pattern_authoring.openapi.subject import Subject

SUPERSEDED: Final = Refusal("superseded", "A command issued later was applied as version 4.")
_STALE: Final = Refusal("version-conflict", "Version 3 was expected, but the current version is 4.")
_DEFAULTS: Final = {field.name: field.default for field in fields(Resource) if field.default is not MISSING}


def refused(subject: Subject, method: str) -> Answers:
    """Describe the answer to a command that the domain refused."""
    given = [_problem(HTTPStatus.CONFLICT, each) for each in (*reasons_of(subject.resource, method), SUPERSEDED)]
    intro = "With `Prefer: wait`: the domain refused the command, for each reason in `errors`; the first is the type."
    return problems(subject.service, given, "Preference-Applied", intro=intro)


def stale(subject: Subject) -> Answers:
    """Describe the answer to a write whose preconditions are not met."""
    given = [
        matches_no_version(subject.resource),
        precondition_failed(subject.resource),
        _problem(HTTPStatus.PRECONDITION_FAILED, _STALE),
    ]
    intro = "`If-Match` has no version's tag, or one of several preconditions failed; or, with `Prefer: wait`, "
    intro += "`If-Match` has another version than the current one."
    return problems(subject.service, given, "Preference-Applied", intro=intro)


def _problem(status: HTTPStatus, reason: Refusal) -> Problem:
    return Problem(status, reason.code, reason.detail, errors=(Fault.of(reason),))


def reasons_of(resource: AnyResource, method: str) -> Iterator[Refusal]:
    """Yield examples of the reasons for which a method's commands can be refused.

    Which of the author's own reasons a method can have is not known, unless the author has none about it.
    """
    if method == "POST":
        yield resource.already_exists
    else:
        yield from (resource.was_deleted, resource.not_found)
    if method == "PUT":
        yield from [resource.immutable_field(name) for name, each in resource.members.items() if each.immutable][:1]
    if method == "PATCH":
        yield from _after_a_patch(resource)
    if method not in _UNQUESTIONED or _has(resource, _UNQUESTIONED[method]):
        yield from resource.refusals


_UNQUESTIONED: Final = {"POST": "opening", "DELETE": "closing"}
"""What an author gives to refuse a method's commands; any resource can refuse the other methods'."""


def _has(resource: AnyResource, function: str) -> bool:
    return getattr(resource, function) is not _DEFAULTS[function]


def _after_a_patch(resource: AnyResource) -> Iterator[Refusal]:
    """Yield what can only be seen once a patch is applied: its fields may not fit those that it leaves as they are."""
    changed = [member for member in resource.members.values() if not member.immutable]
    nested = [member.json for member in changed if member.codec.members is not None]
    if _has(resource, "check") or nested or hasattr(resource.of, "__post_init__"):
        yield Refusal("invalid-value", "With the fields that the patch leaves as they are, a value is not valid.")
    if nested:
        yield missing_value(nested[0])
