"""A car's event, read from a message or from the registry's log."""

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
    """Read a CloudEvents 1.0 envelope in JSON, the body of a raw delivery, in today's form or the first one.

    Raises NotAnEvent, also for the event of another registry.
    """
    try:
        envelope = json.loads(body)
    except ValueError as error:
        raise NotAnEvent("no JSON") from error
    if not isinstance(envelope, dict) or envelope.get("specversion") != "1.0":
        raise NotAnEvent("no CloudEvents 1.0 envelope")
    fields = cast("dict[str, Any]", envelope)
    named = {**fields, "type": _name(fields.get("type"))}
    return _event(fields.get("subject"), fields.get("carversion"), named, _schema_version(fields.get("dataschema")))


def read_logged(car_id: CarId, entry: Mapping[str, Any]) -> CarEvent:
    """Read an entry of a car's log. Raises NotAnEvent."""
    return _event(car_id, entry.get("version"), entry, entry.get("schemaVersion"))


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


def _event(car_id: object, version: object, fields: Mapping[str, Any], schema_version: object) -> CarEvent:
    data: object = fields.get("data")
    match car_id, version, fields.get("type"), data, schema_version:
        case str(subject), int(number), str(kind), dict(), int(schema) if subject and number > 0:
            return CarEvent(CarId(subject), number, kind, cast("dict[str, Any]", data), schema)
        case _:
            raise NotAnEvent("no car, version, type, schema or data")
