"""An event as subscribers receive it: its envelope in JSON, with attributes for filter policies."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trigger_pattern.application.cloud_event import cloud_event
from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_sns.type_defs import MessageAttributeValueTypeDef


@dataclass(frozen=True)
class EventMessage:
    """An event as a message of a topic or a queue; of a FIFO one, `group` is its message group."""

    body: str
    group: str
    deduplication_id: str
    attributes: "dict[str, MessageAttributeValueTypeDef]"


def event_message(resource: AnyResource, published: PublishedEvent, source: str, replay: str = "") -> EventMessage:
    """Return the message of an event. One of a replay is marked with the replay's id, in its deduplication id too."""
    envelope, attributes = cloud_event(resource, published, source), filter_attributes(resource, published)
    deduplication_id = str(envelope["id"])
    if replay:
        attributes["replay"] = {"DataType": "String", "StringValue": replay}
        deduplication_id = f"{deduplication_id}/{replay}"
    body = json.dumps(envelope, separators=(",", ":"))
    return EventMessage(body, published.commit.aggregate_id, deduplication_id, attributes)


def filter_attributes(resource: AnyResource, published: PublishedEvent) -> "dict[str, MessageAttributeValueTypeDef]":
    """Return the attributes for filter policies: `type`, the id, `version`, and the resource's filters.

    `type` is the event's own name, since a topic has the events of one resource.
    Raises ValueError for an event without one of those.
    """
    if {name for name, value in published.filters.items() if value} != {*resource.filters}:
        raise ValueError("an event is published with its resource's filters")
    return {
        "type": _text(published.event["type"]),
        resource.id: _text(published.commit.aggregate_id),
        "version": {"DataType": "Number", "StringValue": str(published.version)},
        **{name: _text(value) for name, value in published.filters.items()},
    }


def _text(value: str) -> "MessageAttributeValueTypeDef":
    return {"DataType": "String", "StringValue": value}
