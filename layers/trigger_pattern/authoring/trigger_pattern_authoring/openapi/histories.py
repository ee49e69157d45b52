"""The schemas of a resource's events, and of its commands and their outcomes."""

from typing import Final

from trigger_pattern.application.outcomes import Status
from trigger_pattern.definition.schemas import event_schema
from trigger_pattern_authoring.openapi.schemas import ERRORS, NEXT, TIME, UUID, VERSION, Json, record
from trigger_pattern_authoring.openapi.subject import Subject

_DECIDED: Final[dict[str, Json]] = {
    "decidedAt": TIME,
    "version": {**VERSION, "description": "The version at that time, if known"},
}


def history_schemas(subject: Subject) -> dict[str, Json]:
    """Return the schemas by the names of their components."""
    return {
        subject.schema_name("Event"): _event(subject),
        subject.schema_name("EventPage"): _event_page(subject),
        subject.schema_name("Accepted"): _accepted(subject),
        subject.schema_name("CommandOutcome"): _outcome(subject),
    }


def _event(subject: Subject) -> Json:
    return record(
        {
            "version": VERSION,
            "type": {"type": "string"},
            "schemaVersion": {"type": "integer", "minimum": 1},
            "data": {"type": "object", "description": "What changed, and nothing else"},
            "occurredAt": TIME,
            "actor": {"type": "string", "description": "Who sent the command"},
            "commandId": UUID,
            "correlationId": {"type": "string"},
        },
        oneOf=[
            {"properties": {"type": {"const": name}, "data": _data(subject, name)}} for name in subject.resource.events
        ],
    )


def _data(subject: Subject, name: str) -> Json:
    """Describe an event's data as its published schema does, which has an identity of its own."""
    published = event_schema(subject.resource, name)
    schema = {key: value for key, value in published.items() if key not in ("$schema", "$id")}
    return schema if published["properties"] else {**schema, "maxProperties": 0}


def _event_page(subject: Subject) -> Json:
    events: Json = {"type": "array", "items": subject.schema("Event")}
    return record({subject.id: UUID, "events": events, "next": NEXT}, "next")


def _command(subject: Subject) -> dict[str, Json]:
    return {subject.id: UUID, "commandId": UUID}


def _accepted(subject: Subject) -> Json:
    address: Json = {
        "type": "string",
        "format": "uri-reference",
        "description": "Address of the command's outcome, relative to the request's (RFC 3986, section 5)",
    }
    described = "The command is on the queue; its outcome is not known yet."
    return record({**_command(subject), "command": address}, description=described)


def _status(*values: str) -> dict[str, Json]:
    return {"status": {"type": "string", "enum": list(values)}}


def _outcome(subject: Subject) -> Json:
    command = _command(subject)
    refused = {**command, **_status(Status.REFUSED.value, Status.FAILED.value), **_DECIDED, "errors": ERRORS}
    unchanged = {**command, **_status(Status.UNCHANGED.value), **_DECIDED}
    succeeded = {**command, **_status("succeeded"), "version": VERSION}
    return {
        "oneOf": [
            record({**command, **_status("pending")}, description="Still waiting, as far as is known"),
            record(succeeded, description=f"The {subject.name} has this version since"),
            record(unchanged, "version", description="There was nothing to change"),
            record(
                refused,
                "version",
                "errors",
                description="Refused by the domain, or moved to the dead-letter queue after it could not be handled",
            ),
        ]
    }
