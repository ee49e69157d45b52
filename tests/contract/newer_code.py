"""The code of a later day, which knows `newer_cars`; and the first of its two deployments."""

from dataclasses import replace
from typing import Final

from tests.contract.newer_cars import NEWER_CARS, keep
from trigger_pattern.definition.codecs import Json
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import schema_version

CHANGED = ("Created", "ColorChanged", "PlateChanged")
NEWER = {name: schema_version(NEWER_CARS, name) for name in CHANGED}
"""The schema versions that the newer code adds."""


def without_plate(data: dict[str, Json]) -> dict[str, Json]:
    """Lower `Created` to the version before."""
    return {name: value for name, value in data.items() if name != "plate"}


NEWER_READERS: Final[AnyResource] = replace(
    NEWER_CARS, downcasters={"Created": [without_plate], "ColorChanged": [keep]}
)
"""What the first deployment knows: it reads what is new, and writes as today's code does."""
