"""Stored events, held to the JSON Schemas that are published for them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from tools.ops.history.life import Fault
from tools.ops.scanning import Item, version
from trigger_pattern.aws.dynamodb.attributes import read_item
from trigger_pattern.definition.resource import AnyResource


@dataclass(frozen=True)
class EventSchemas:
    """The published schemas, compiled, by event type and schema version."""

    validators: Mapping[tuple[str, int], Draft202012Validator]

    @classmethod
    def of(cls, resource: AnyResource, folder: Path) -> "EventSchemas":
        """Compile each schema of a folder that is of a resource, by what its `$id` ends with: `cars/Created/1`."""
        schemas = [json.loads(file.read_text()) for file in folder.rglob("*.json")]
        own = [schema for schema in schemas if schema["$id"].split("/")[1] == resource.plural]
        return cls({_name(schema): _validator(schema) for schema in own})

    def faults(self, resource: AnyResource, item: Item) -> list[Fault]:
        """Return what is wrong with the stored events of a readable commit."""
        events: list[dict[str, Any]] = read_item({"events": item["events"]})["events"]
        return [
            Fault(item[resource.id]["S"], version(item) + number, text)
            for number, event in enumerate(events)
            for text in self._texts(event["type"], event["schemaVersion"], event["data"])
        ]

    def _texts(self, event_type: str, schema_version: int, data: dict[str, Any]) -> list[str]:
        validator = self.validators.get((event_type, schema_version))
        if validator is None:
            return [f"{event_type}: no schema is published for its version {schema_version}"]
        return [f"{event_type}: {error.json_path}: {error.message}" for error in validator.iter_errors(data)]


def _name(schema: dict[str, Any]) -> tuple[str, int]:
    *_, event_type, schema_version = schema["$id"].split("/")
    return event_type, int(schema_version)


def _validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
