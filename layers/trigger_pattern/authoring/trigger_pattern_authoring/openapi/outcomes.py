"""The schemas of a resource's commands: that one was accepted, and what became of it, by its status."""

from typing import Final

from trigger_pattern.application.outcomes import FAILED, Status
from trigger_pattern.http.exchange import Fault
from trigger_pattern_authoring.openapi.examples import EXAMPLE_COMMAND, EXAMPLE_ID, EXAMPLE_TIME
from trigger_pattern_authoring.openapi.refusals import SUPERSEDED
from trigger_pattern_authoring.openapi.schemas import ERRORS, TIME, UUID, VERSION, Json, alternatives, constant, record
from trigger_pattern_authoring.openapi.subject import Subject

PENDING: Final = "pending"
SUCCEEDED: Final = "succeeded"

_DECIDED: Final[dict[str, Json]] = {
    "decidedAt": TIME,
    "version": {**VERSION, "description": "The version at that time, if known"},
}
_EXAMPLE_OF_DECIDED: Final[Json] = {"decidedAt": EXAMPLE_TIME, "version": 4}


def outcome_schemas(subject: Subject) -> dict[str, Json]:
    """Return the schemas by the names of their components."""
    outcomes = _outcomes(subject)
    names = {status: subject.schema_name(f"{status.capitalize()}Command") for status in outcomes}
    described = "What became of a command, by its `status`. There may be new ones."
    return {
        subject.schema_name("Accepted"): _accepted(subject),
        subject.schema_name("CommandOutcome"): alternatives("status", names, described),
        **{names[status]: outcome for status, outcome in outcomes.items()},
    }


def example_of_accepted(subject: Subject, address: str) -> Json:
    """Return the body of a 202."""
    return {**_example(subject), "command": address}


def examples_of_outcomes(subject: Subject) -> dict[str, Json]:
    """Return an outcome of each status."""
    more: dict[str, Json] = {
        PENDING: {},
        SUCCEEDED: {"version": 4},
        Status.UNCHANGED.value: _EXAMPLE_OF_DECIDED,
        Status.REFUSED.value: {**_EXAMPLE_OF_DECIDED, "errors": [Fault.of(SUPERSEDED).entry()]},
        Status.FAILED.value: {**_EXAMPLE_OF_DECIDED, "errors": [Fault.of(FAILED).entry()]},
    }
    return {status: {**_example(subject), "status": status, **members} for status, members in more.items()}


def _example(subject: Subject) -> Json:
    return {subject.id: EXAMPLE_ID, "commandId": EXAMPLE_COMMAND}


def _accepted(subject: Subject) -> Json:
    address: Json = {
        "type": "string",
        "format": "uri-reference",
        "description": "Address of the command's outcome, relative to the request's (RFC 3986, section 5)",
    }
    described = "The command is on the queue; its outcome is not known yet."
    return record({subject.id: UUID, "commandId": UUID, "command": address}, description=described)


def _outcomes(subject: Subject) -> dict[str, Json]:
    """Return the schemas by their statuses."""

    def outcome(status: str, members: Json, description: str, *optional: str) -> tuple[str, Json]:
        properties = {subject.id: UUID, "commandId": UUID, "status": constant(status), **members}
        return status, record(properties, *optional, description=description)

    refused = {**_DECIDED, "errors": ERRORS}
    moved = "Moved to the dead-letter queue after it could not be handled"
    return dict(
        [
            outcome(PENDING, {}, "Still waiting, as far as is known"),
            outcome(SUCCEEDED, {"version": VERSION}, f"The {subject.name} has this version since"),
            outcome(Status.UNCHANGED.value, _DECIDED, "There was nothing to change", "version"),
            outcome(Status.REFUSED.value, refused, "Refused by the domain", "version", "errors"),
            outcome(Status.FAILED.value, refused, moved, "version", "errors"),
        ]
    )
