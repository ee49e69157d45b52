"""An event as every reader outside gets it: in an envelope of CloudEvents 1.0."""

from typing import Any, Final

from trigger_pattern.application.clock import write_time
from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.definition.resource import AnyResource

SEQUENCE_DIGITS: Final = 10


def cloud_event(resource: AnyResource, published: PublishedEvent, source: str) -> dict[str, Any]:
    """Return the envelope. `sequence` is padded, because CloudEvents orders it as text.

    `commandid` is not the extension `causationid`, which names the event that caused this one.
    """
    commit, event = published.commit, published.event
    return {
        "specversion": "1.0",
        "id": f"{commit.aggregate_id}/{published.version}",
        "source": source,
        "type": resource.event_type(event["type"]),
        "subject": commit.aggregate_id,
        "time": write_time(commit.occurred_at),
        "datacontenttype": "application/json",
        "dataschema": resource.schema_uri(event["type"], event["schemaVersion"]),
        "sequence": str(published.version).zfill(SEQUENCE_DIGITS),
        resource.version: published.version,
        "correlationid": commit.correlation_id,
        "commandid": commit.command_id,
        "data": event["data"],
    }
