"""The code of a later day, which knows `newer_cars`; and the first of its two deployments."""

from dataclasses import replace
from typing import Final

import pytest

from resources.cars import CARS
from tests.contract.newer_cars import NEWER_CARS
from trigger_pattern.aws.dynamodb import commit_item
from trigger_pattern.definition import stored
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import StoredEvent, schema_version, write_event

CHANGED = ("Created", "ColorChanged", "PlateChanged")
NEWER = {name: schema_version(NEWER_CARS, name) for name in CHANGED}
"""The schema versions that the newer code adds."""
NEWER_READERS: Final[AnyResource] = replace(NEWER_CARS)
"""What the first deployment knows: it reads what is new, and writes as today's code does."""


def write_as_before(resource: AnyResource, event: object) -> StoredEvent:
    """Write an event, in the first deployment as today's code does: `write_event` with what it changes there."""
    newest = write_event(resource, event)
    if resource is not NEWER_READERS or newest["type"] not in CARS.events:
        return newest
    data = {name: value for name, value in newest["data"].items() if name != "plate"}
    return {**newest, "schemaVersion": schema_version(CARS, newest["type"]), "data": data}


def hold_readers_back(patch: pytest.MonkeyPatch) -> None:
    """Put that change into the code."""
    for module in (commit_item, stored):
        patch.setattr(module, "write_event", write_as_before)
