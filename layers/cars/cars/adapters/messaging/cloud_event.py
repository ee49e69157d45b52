"""An event as subscribers get it: CloudEvents 1.0 in structured JSON, with attributes for filter policies."""

from typing import TYPE_CHECKING, Any

from cars.adapters.clock import write_time
from cars.application.publishing import PublishedEvent
from cars.domain.stored_events import write_event

if TYPE_CHECKING:
    from mypy_boto3_sns.type_defs import MessageAttributeValueTypeDef

_SEQUENCE_DIGITS = 10


def cloud_event(published: PublishedEvent, source: str) -> dict[str, Any]:
    """Write the envelope. `sequence` is padded, since CloudEvents orders it as text; `carversion` is the number."""
    commit, stored = published.commit, write_event(published.event)
    return {
        "specversion": "1.0",
        "id": f"{commit.aggregate_id}/{published.version}",
        "source": source,
        "type": stored["type"],
        "subject": commit.aggregate_id,
        "time": write_time(commit.occurred_at),
        "datacontenttype": "application/json",
        "dataschema": f"urn:cars:schemas:{stored['type']}:{stored['schemaVersion']}",
        "sequence": str(published.version).zfill(_SEQUENCE_DIGITS),
        "carversion": published.version,
        "correlationid": commit.correlation_id,
        "causationid": commit.command_id,
        "data": stored["data"],
    }


def filter_attributes(published: PublishedEvent) -> "dict[str, MessageAttributeValueTypeDef]":
    """Give what a subscription's filter policy can ask for: `type`, `carId`, `version`."""
    return {
        "type": {"DataType": "String", "StringValue": type(published.event).__name__},
        "carId": {"DataType": "String", "StringValue": published.commit.aggregate_id},
        "version": {"DataType": "Number", "StringValue": str(published.version)},
    }
