"""The resources of this stack. Functions, tools and contract checks read this list, and no other."""

from typing import Final

from resources.cars import CARS
from trigger_pattern.definition.resource import AnyResource

RESOURCES: Final[tuple[AnyResource, ...]] = (CARS,)


def resource_named(name: str) -> AnyResource:
    """Return the resource with a name, which is its singular. Raises LookupError."""
    return {resource.name: resource for resource in RESOURCES}[name]
