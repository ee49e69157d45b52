"""Answers that show a resource, or a command's outcome."""

from http import HTTPStatus
from typing import Any, assert_never

from trigger_pattern.application.clock import write_time
from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.application.idempotency import Ticket
from trigger_pattern.application.outcomes import RecordedOutcome, Status
from trigger_pattern.application.querying import AsOf, EventPage
from trigger_pattern.application.tracking import CommandOutcome, CommandSucceeded, Pending
from trigger_pattern.definition.life import Gone
from trigger_pattern.definition.representation import represent
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.http.exchange import Answer, Fault, Problem
from trigger_pattern.http.headers import entity_tag
from trigger_pattern.http.problems import gone, invalid, no_such_command, not_found
from trigger_pattern.kernel import Refusal

NO_CACHE = {"Cache-Control": "no-cache"}


def ok(body: dict[str, Any]) -> Answer:
    """Answer 200."""
    return Answer(HTTPStatus.OK, body, NO_CACHE)


def shown(resource: AnyResource, found: AsOf, status: HTTPStatus = HTTPStatus.OK) -> Answer | Problem:
    """Answer with the resource and its version as the tag; 404 if it never existed, 410 if it was deleted."""
    if isinstance(found.state, Gone):
        return gone(resource)
    if found.value is None:
        return not_found(resource)
    body = {resource.id: found.aggregate_id, **represent(resource, found.value)}
    return Answer(status, body, tagged(found.version))


def tagged(version: int) -> dict[str, str]:
    """Return the headers of a representation."""
    return {**NO_CACHE, "ETag": entity_tag(version)}


def accepted(resource: AnyResource, ticket: Ticket, *, created: bool) -> Answer:
    """Answer 202 with the addresses of the resource and of the command's outcome.

    Addresses are relative to the request's own (RFC 3986, section 5), so that they hold under any base path. The
    outcome's is also in `Content-Location`, since the body reports on the request's status (RFC 9110, section 8.7).
    """
    address = _reference(resource, ticket.aggregate_id, created=created)
    command = f"{address}/commands/{ticket.command_id}"
    body = {
        resource.id: ticket.aggregate_id,
        "commandId": ticket.command_id,
        "command": command,
    }
    return Answer(
        HTTPStatus.ACCEPTED, body, {"Content-Location": command, **({"Location": address} if created else {})}
    )


def applied(resource: AnyResource, found: AsOf, *, created: bool) -> Answer | Problem:
    """Answer 201 or 200 with the resource as the command left it, 204 after a delete."""
    if isinstance(found.state, Gone):
        return Answer(HTTPStatus.NO_CONTENT)
    answer = shown(resource, found, HTTPStatus.CREATED if created else HTTPStatus.OK)
    if not created or isinstance(answer, Problem):
        return answer
    location = {"Location": _reference(resource, found.aggregate_id, created=True)}
    return Answer(answer.status, answer.body, {**answer.headers, **location})


def _reference(resource: AnyResource, aggregate_id: str, *, created: bool) -> str:
    """Return the resource's address, relative to the collection if it is created there, or else to itself."""
    return f"{resource.plural}/{aggregate_id}" if created else aggregate_id


def refused(outcome: RecordedOutcome) -> Problem:
    """Answer 422 to an invalid value, 412 to a stale version, 409 to any other refusal, 500 to a failure."""
    reason = outcome.reasons[0] if outcome.reasons else Refusal("refused", "")
    errors = tuple(map(Fault.of, outcome.reasons))
    match outcome.status:
        case Status.REFUSED if outcome.invalid:
            return invalid(errors)
        case Status.REFUSED if reason.code == "version-conflict":
            return Problem(HTTPStatus.PRECONDITION_FAILED, reason.code, reason.detail, errors=errors)
        case Status.REFUSED:
            return Problem(HTTPStatus.CONFLICT, reason.code, reason.detail, errors=errors)
        case Status.FAILED:
            return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, reason.code, reason.detail)
        case Status.UNCHANGED:
            raise ValueError("nothing was refused")
        case _:
            assert_never(outcome.status)


def command(
    resource: AnyResource, aggregate_id: str, command_id: str, outcome: CommandOutcome | None
) -> Answer | Problem:
    """Answer with a command's outcome."""
    body: dict[str, Any] = {resource.id: aggregate_id, "commandId": command_id}
    match outcome:
        case None:
            return no_such_command(resource)
        case Pending():
            return ok({**body, "status": "pending"})
        case CommandSucceeded(version):
            return ok({**body, "status": "succeeded", "version": version})
        case RecordedOutcome(status=status, reasons=reasons, decided_at=decided_at, version=version):
            body |= {"status": status.value, "decidedAt": write_time(decided_at)}
            body |= {"version": version} if version else {}
            return ok(body | ({"errors": [Fault.of(reason).entry() for reason in reasons]} if reasons else {}))
        case _:
            assert_never(outcome)


def events(resource: AnyResource, aggregate_id: str, page: EventPage, limit: int) -> Answer:
    """Answer with a page of events."""
    body: dict[str, Any] = {resource.id: aggregate_id, "events": [_event(published) for published in page.events]}
    if page.has_more:
        body["next"] = f"?after={page.events[-1].version}&limit={limit}"
    return ok(body)


def _event(published: PublishedEvent) -> dict[str, Any]:
    commit = published.commit
    return {
        "version": published.version,
        **published.event,
        "occurredAt": write_time(commit.occurred_at),
        "actor": commit.actor,
        "commandId": commit.command_id,
        "correlationId": commit.correlation_id,
    }
