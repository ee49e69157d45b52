"""The JSON Schemas of events' data, as the resources write them today."""

from resources import RESOURCES
from tools.contract.comparing import Json
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.schemas import event_schema


def generated() -> list[Json]:
    """Return the schema of every event of every resource, in its newest version."""
    return [event_schema(resource, name) for resource in RESOURCES for name in resource.events]


def undescribed() -> list[str]:
    """Return, in words, every field of an event of any resource that has no description."""
    return [reason for resource in RESOURCES for reason in undescribed_of(resource)]


def undescribed_of(resource: AnyResource) -> list[str]:
    """Return, in words, every field of a resource's events that has no description."""
    return [
        f"{(resource.of if name == resource.created.__name__ else resource.events[name]).__name__}.{member.name}"
        ' needs a description: write Annotated[..., Doc("What it is")]'
        for name, members in resource.event_members.items()
        for member in members.values()
        if not member.doc
    ]
