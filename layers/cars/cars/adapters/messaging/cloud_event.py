"""An event as subscribers get it: CloudEvents 1.0 in structured JSON, with attributes for filter policies."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cars.adapters.clock import write_time
from cars.application.commits import PublishedEvent

if TYPE_CHECKING:
    from mypy_boto3_sns.type_defs import MessageAttributeValueTypeDef

_SEQUENCE_DIGITS = 10


@dataclass(frozen=True)
class EventMessage:
    """An event as a message of a topic or a queue; of a FIFO one, `group` is its message group."""

    body: str
    group: str
    deduplication_id: str
    attributes: "dict[str, MessageAttributeValueTypeDef]"


def event_message(published: PublishedEvent, source: str, replay: str = "") -> EventMessage:
    """Write an event. One of a replay is marked with the replay's id, and never taken for the first delivery."""
    envelope, attributes = cloud_event(published, source), filter_attributes(published)
    deduplication_id = str(envelope["id"])
    if replay:
        attributes["replay"] = {"DataType": "String", "StringValue": replay}
        deduplication_id = f"{deduplication_id}/{replay}"
    body = json.dumps(envelope, separators=(",", ":"))
    return EventMessage(body, published.commit.aggregate_id, deduplication_id, attributes)


def cloud_event(published: PublishedEvent, source: str) -> dict[str, Any]:
    """Write the envelope. `sequence` is padded, since CloudEvents orders it as text; `carversion` is the number."""
    commit, event = published.commit, published.event
    return {
        "specversion": "1.0",
        "id": f"{commit.aggregate_id}/{published.version}",
        "source": source,
        "type": event["type"],
        "subject": commit.aggregate_id,
        "time": write_time(commit.occurred_at),
        "datacontenttype": "application/json",
        "dataschema": f"urn:cars:schemas:{event['type']}:{event['schemaVersion']}",
        "sequence": str(published.version).zfill(_SEQUENCE_DIGITS),
        "carversion": published.version,
        "correlationid": commit.correlation_id,
        "causationid": commit.command_id,
        "data": event["data"],
    }


def filter_attributes(published: PublishedEvent) -> "dict[str, MessageAttributeValueTypeDef]":
    """Return what a subscription's filter policy can ask for: `type`, `carId`, `version`, and the car's `make`.

    Raises ValueError for an event without the make of its car.
    """
    if not published.make:
        raise ValueError("an event is published with the make of its car")
    return {
        "type": {"DataType": "String", "StringValue": published.event["type"]},
        "carId": {"DataType": "String", "StringValue": published.commit.aggregate_id},
        "version": {"DataType": "Number", "StringValue": str(published.version)},
        "make": {"DataType": "String", "StringValue": published.make},
    }
