"""The JSON Schemas (2020-12) that follow from a resource's types: of requests' bodies and of events' data."""

from typing import Final

from trigger_pattern.definition.codecs import Json
from trigger_pattern.definition.records import object_schema
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import schema_version

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_LEFT_OUT: Final = {"POST": "not on creation", "PATCH": "immutable"}


def body_schema(resource: AnyResource, method: str) -> dict[str, Json]:
    """Return the schema of a POST, PUT or PATCH body, in canonical spelling; requests may spell values otherwise."""
    left_out = _LEFT_OUT.get(method)
    members = {name: member for name, member in resource.members.items() if left_out not in member.marks}
    schema = object_schema(members, "accepts", whole=method != "POST", additionalProperties=False)
    return {**schema, "required": []} if method == "PATCH" else schema


def event_data(resource: AnyResource, name: str) -> dict[str, Json]:
    """Return the schema of an event's data, without what it has of its own when it is published."""
    return object_schema(resource.event_members[name], "stores")


def event_schema(resource: AnyResource, name: str) -> dict[str, Json]:
    """Return an event's newest schema. Objects are open: readers ignore fields that they do not know."""
    return {
        "$schema": DIALECT,
        "$id": resource.schema_uri(name, schema_version(resource, name)),
        "title": name,
        "description": resource.events[name].__doc__ or "",
        **event_data(resource, name),
        **(resource.schema_extras if name == resource.created.__name__ else {}),
    }
