"""A car's event, as a message tells it and as the registry's log tells it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NewType, cast

CarId = NewType("CarId", str)


class NotAnEvent(ValueError):
    """Something that can never be read as a car's event. The text says why, and repeats nothing of it."""


@dataclass(frozen=True)
class CarEvent:
    """What happened to a car. Versions count a car's events from 1, without gaps.

    `data` is read by name, field by field: fields that newer events may have do no harm.
    """

    car_id: CarId
    version: int
    type: str
    data: Mapping[str, Any]
    schema_version: int = 1
    """Of the schema that `data` follows."""

    def text(self, name: str) -> str:
        """Give a field. Raises NotAnEvent where there is no such text."""
        match self.data.get(name):
            case str(value):
                return value
            case _:
                raise NotAnEvent(f"{name} is missing, or is no text")

    def number(self, name: str) -> int:
        """Give a field. Raises NotAnEvent where there is no such whole number."""
        match self.data.get(name):
            case int(value):
                return value
            case _:
                raise NotAnEvent(f"{name} is missing, or is no whole number")


def read_message(body: str) -> CarEvent:
    """Read a CloudEvents 1.0 envelope in JSON, the body of a raw delivery. Raises NotAnEvent."""
    try:
        envelope = json.loads(body)
    except ValueError as error:
        raise NotAnEvent("no JSON") from error
    if not isinstance(envelope, dict) or envelope.get("specversion") != "1.0":
        raise NotAnEvent("no CloudEvents 1.0 envelope")
    fields = cast("dict[str, Any]", envelope)
    return _event(fields.get("subject"), fields.get("carversion"), fields, _schema_version(fields.get("dataschema")))


def read_logged(car_id: CarId, entry: Mapping[str, Any]) -> CarEvent:
    """Read an entry of a car's log. Raises NotAnEvent."""
    return _event(car_id, entry.get("version"), entry, entry.get("schemaVersion"))


def _schema_version(name: object) -> int | None:
    """Read the number at the end of a schema's name: `urn:cars:schemas:Created:1`."""
    number = str(name).rpartition(":")[2]
    return int(number) if number.isdecimal() else None


def _event(car_id: object, version: object, fields: Mapping[str, Any], schema_version: object) -> CarEvent:
    data: object = fields.get("data")
    match car_id, version, fields.get("type"), data, schema_version:
        case str(subject), int(number), str(kind), dict(), int(schema) if subject and number > 0:
            return CarEvent(CarId(subject), number, kind, cast("dict[str, Any]", data), schema)
        case _:
            raise NotAnEvent("no car, version, type, schema or data")
