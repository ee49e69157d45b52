"""An event as subscribers get it: CloudEvents 1.0 in structured JSON, with attributes for filter policies."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cars.adapters.clock import write_time
from cars.application.commits import PublishedEvent
from cars.domain.car import Car
from cars.domain.root import CarState, Gone
from cars.domain.stored_events import write_event

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
    """Give what a subscription's filter policy can ask for: `type`, `carId`, `version`, and the car's `make`.

    Raises ValueError for an event of a commit without the state after it.
    """
    return {
        "type": {"DataType": "String", "StringValue": type(published.event).__name__},
        "carId": {"DataType": "String", "StringValue": published.commit.aggregate_id},
        "version": {"DataType": "Number", "StringValue": str(published.version)},
        "make": {"DataType": "String", "StringValue": _make(published.commit.state)},
    }


def _make(state: CarState | None) -> str:
    match state:
        case Car(car_type=car_type) | Gone(Car(car_type=car_type)):
            return car_type.make
        case _:
            raise ValueError("an event is published with the state after its commit")
