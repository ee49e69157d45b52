"""A car's event, read from its envelope: the topic's messages have it, and so has the registry's log."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NewType, cast

CarId = NewType("CarId", str)

_PREFIX = "com.example.car."
"""Of the types of this registry's events. Those of its first form had none."""


class NotAnEvent(ValueError):
    """This can never be read as a car's event. The text has the reason, and none of the content."""


@dataclass(frozen=True)
class CarEvent:
    """An event of a car. Versions count a car's events from 1, without gaps.

    `data` is read field by field, so additional fields of newer events do no harm.
    """

    car_id: CarId
    version: int
    type: str
    data: Mapping[str, Any]
    schema_version: int = 1
    """Of the schema that `data` follows."""

    def text(self, name: str) -> str:
        """Return a field. Raises NotAnEvent if it is no text."""
        match self.data.get(name):
            case str(value):
                return value
            case _:
                raise NotAnEvent(f"{name} is missing, or is no text")

    def number(self, name: str) -> int:
        """Return a field. Raises NotAnEvent if it is no whole number."""
        match self.data.get(name):
            case int(value):
                return value
            case _:
                raise NotAnEvent(f"{name} is missing, or is no whole number")


def read_message(body: str) -> CarEvent:
    """Read an envelope in JSON, the body of a raw delivery. Raises NotAnEvent."""
    try:
        envelope: object = json.loads(body)
    except ValueError as error:
        raise NotAnEvent("no JSON") from error
    return read_envelope(envelope)


def read_envelope(envelope: object) -> CarEvent:
    """Read a CloudEvents 1.0 envelope, in today's form or the first one.

    Raises NotAnEvent, also for the event of another registry.
    """
    fields = _object(envelope)
    if fields is None or fields.get("specversion") != "1.0":
        raise NotAnEvent("no CloudEvents 1.0 envelope")
    name, schema_version = _name(fields.get("type")), _schema_version(fields.get("dataschema"))
    match fields.get("subject"), fields.get("carversion"), name, _object(fields.get("data")), schema_version:
        case str(subject), int(version), str(kind), dict(data), int(schema) if subject and version > 0:
            return CarEvent(CarId(subject), version, kind, data, schema)
        case _:
            raise NotAnEvent("no car, version, type, schema or data")


def _object(value: object) -> dict[str, Any] | None:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def _name(event_type: object) -> str | None:
    """Return an event's name: `Created` of `com.example.car.Created`, and of `Created`."""
    match event_type:
        case str(kind) if "." not in (name := kind.removeprefix(_PREFIX)):
            return name
        case _:
            return None


def _schema_version(name: object) -> int | None:
    """Read the number at the end of a schema's URI, behind a slash; behind a colon in the first form."""
    found = re.search(r"[/:]([0-9]+)$", str(name))
    return int(found[1]) if found else None
