"""The schemas of a resource's messages. Each object and each enumeration in them has a name, for generators of code."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tools.contract.publishing import FOLDER, file_of
from tools.generate.drawing import NotGenerated
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.schemas import event_data
from trigger_pattern.definition.stored import StoredEvent, schema_version
from trigger_pattern_authoring.openapi.schemas import Json, ref

_OF_THE_FILE: Final = frozenset({"$schema", "$id", "title", "oneOf"})
"""Words of a published schema that are not for the document: its own names, and extras, which only validators read."""

_ONLY_CHECKED: Final = frozenset({"not"})
"""Words of a value's schema that make a generator of code forget its type."""


@dataclass
class Schemas:
    """A resource's schemas, by their names in `components`: `AccountOpenedData`, in which `Account` is its kind."""

    resource: AnyResource
    texts: Mapping[str, Any]
    named: dict[str, Json] = field(default_factory=dict[str, Json])

    def attributes(self) -> Json:
        """Refer to the schema of the message attributes."""
        given, data = self.texts["attributes"], event_data(self.resource, self.resource.created.__name__)["properties"]
        properties: dict[str, Json] = {
            **given["properties"],
            "type": self._named({**given["properties"]["type"], "enum": [*self.resource.events]}, "EventName"),
            **{name: self._part(data[name], ("Attributes",), name) for name in self.resource.filters},
        }
        required = [name for name in properties if name != "replay"]
        return self._named({**given, "properties": properties, "required": required}, "Attributes")

    def payload(self, event: StoredEvent) -> Json:
        """Refer to the schema of the envelope of an event, of its type and its schema version."""
        name, version = event["type"], event["schemaVersion"]
        own: dict[str, Json] = {
            "type": {"const": self.resource.event_type(name)},
            "dataschema": {"const": self.resource.schema_uri(name, version)},
        }
        envelope = self.texts["envelope"]["properties"]
        properties = {each: {**schema, **own.get(each, {})} for each, schema in envelope.items()}
        whole = {**properties, "data": self._data(name, version)}
        description = self.resource.events[name].__doc__ or name
        schema = {**self.texts["envelope"], "description": description, "properties": whole, "required": [*whole]}
        return self._named(schema, f"{name}Event")

    def _data(self, event: str, version: int) -> Json:
        schema = self._data_of(event, version)
        parts = {name: self._part(part, (event,), name) for name, part in schema["properties"].items()}
        described = {"description": self.texts["envelope"]["properties"]["data"]["description"], **schema}
        return self._named({**described, "properties": parts}, f"{event}Data")

    def _data_of(self, event: str, version: int) -> dict[str, Any]:
        """Return the schema of an event's data: of an older version, as it was published. Raises NotGenerated."""
        if version == schema_version(self.resource, event):
            return event_data(self.resource, event)
        uri = self.resource.schema_uri(event, version)
        file = file_of({"$id": uri}, FOLDER)
        if not file.exists():
            raise NotGenerated(f"{uri} was never published: run `make schemas` with the code that first wrote it.")
        return {word: value for word, value in json.loads(file.read_text()).items() if word not in _OF_THE_FILE}

    def _part(self, schema: Json, within: tuple[str, ...], name: str) -> Json:
        """Return a schema, or refer to it if it is an object or an enumeration. `within` are the names around it."""
        inside = (*within, _capitalized(name))
        if "items" in schema:
            return {**schema, "items": self._part(schema["items"], within, f"{name}Item")}
        if "anyOf" in schema:
            return {**schema, "anyOf": [self._part(each, within, name) for each in schema["anyOf"]]}
        if "properties" in schema:
            parts = {each: self._part(part, inside, each) for each, part in schema["properties"].items()}
            return self._named({**schema, "properties": parts}, "".join(inside[1:]), "".join(inside))
        if "enum" in schema:
            return self._named(schema, "".join(inside[1:]), "".join(inside))
        return {word: value for word, value in schema.items() if word not in _ONLY_CHECKED}

    def _named(self, schema: Json, *names: str) -> Json:
        """Refer to a schema by the first of these names that no other schema has. Raises NotGenerated."""
        for name in (f"{self.resource.kind}{each}" for each in names):
            if self.named.setdefault(name, schema) == schema:
                return ref("schemas", name)
        raise NotGenerated(
            f"{self.resource.plural}: two schemas of its events would be called {names[-1]}. Rename a field."
        )


def _capitalized(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"
