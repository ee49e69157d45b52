"""The JSON Schemas of events' data, as the resources write them today."""

from resources import RESOURCES
from tools.contract.comparing import Json
from trigger_pattern.definition.schemas import event_schema


def generated() -> list[Json]:
    """Return the schema of every event of every resource, in its newest version."""
    return [event_schema(resource, name) for resource in RESOURCES for name in resource.events]
