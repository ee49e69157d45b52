"""The schema of a batch of a resource's events, as the topic publishes them."""

from typing import Any, Final

from trigger_pattern.application.cloud_event import SEQUENCE_DIGITS
from trigger_pattern.http.parameters import MAX_PAGE
from trigger_pattern_authoring.openapi.events import examples_of
from trigger_pattern_authoring.openapi.examples import EXAMPLE_ID
from trigger_pattern_authoring.openapi.schemas import TIME, UUID, VERSION, Json, constant, record
from trigger_pattern_authoring.openapi.subject import Subject

_TEXT: Final[Json] = {"type": "string"}
_STACK: Final = "prod"
_SEVERAL: Final = 2
"""How many events an example of a batch has."""


def batch_schemas(subject: Subject) -> dict[str, Json]:
    """Return the schemas by the names of their components."""
    return {
        subject.schema_name("CloudEvent"): _envelope(subject),
        subject.schema_name("EventBatch"): {
            "type": "array",
            "maxItems": MAX_PAGE,
            "items": subject.schema("CloudEvent"),
        },
    }


def example_of_batch(subject: Subject) -> list[Json] | None:
    """Return a batch with the first events, or None if no example of one can be drawn."""
    events = [*examples_of(subject).values()][:_SEVERAL]
    return [_enveloped(subject, event) for event in events if event] if all(events) else None


def _envelope(subject: Subject) -> Json:
    resource = subject.resource
    types = [resource.event_type(name) for name in resource.events]
    return record(
        {
            "specversion": constant("1.0"),
            "id": {**_TEXT, "description": f"`<{subject.id}>/<version>`"},
            "source": {**_TEXT, "format": "uri", "description": f"The installation: `{resource.source}` and its name"},
            "type": {**_TEXT, "description": f"There may be new ones. Today: {', '.join(types)}"},
            "subject": UUID,
            "time": TIME,
            "datacontenttype": constant("application/json"),
            "dataschema": {
                **_TEXT,
                "format": "uri",
                "description": "The schema of `data`. What follows the second colon is its path in this API",
            },
            "sequence": {**_TEXT, "description": "The version as text, padded so that texts have its order"},
            resource.version: VERSION,
            "correlationid": _TEXT,
            "commandid": UUID,
            "data": {"type": "object", "description": "As in the event of this type"},
        },
        description=f"An event of {subject.one} in the envelope that its topic publishes (CloudEvents 1.0).",
    )


def _enveloped(subject: Subject, event: Json) -> dict[str, Any]:
    resource = subject.resource
    return {
        "specversion": "1.0",
        "id": f"{EXAMPLE_ID}/{event['version']}",
        "source": f"{resource.source}{subject.service}-{_STACK}",
        "type": resource.event_type(event["type"]),
        "subject": EXAMPLE_ID,
        "time": event["occurredAt"],
        "datacontenttype": "application/json",
        "dataschema": resource.schema_uri(event["type"], event["schemaVersion"]),
        "sequence": str(event["version"]).zfill(SEQUENCE_DIGITS),
        resource.version: event["version"],
        "correlationid": event["correlationId"],
        "commandid": event["commandId"],
        "data": event["data"],
    }
