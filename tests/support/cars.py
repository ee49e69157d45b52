"""Cars to tell stories about: the article's example, and given / when / then."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import trigger_pattern_testing as kit
from resources.cars import CARS, Car, Color, Condition, Created, Make, Model, OwnerId, Vin
from trigger_pattern.definition.life import root_of
from trigger_pattern.kernel import Context

NOW = kit.NOW
CAR_ID = kit.ID
OWNER = OwnerId(UUID("ad4181f8-c33f-4e81-9d9e-0896188d73f0"))
ANOTHER_OWNER = OwnerId(UUID("5f0c5bd4-9d1e-4a3c-8c53-9c4c9d1f4c11"))

EXAMPLE = Car(
    year=2009,
    make=Make.BMW,
    model=Model.M3,
    vin=Vin("2G4GM5ER4E9225618"),
    color=Color.BLACK,
    mileage=14_320,
    owner=OWNER,
    condition=Condition.GOOD,
)
"""The article's example car."""

ROOT = root_of(CARS)
CONTEXT = Context(CAR_ID, NOW, kit.ACTOR)

_requests = kit.Requests(CARS, EXAMPLE)
representation = _requests.representation
post, put, patch, delete = _requests.post, _requests.put, _requests.patch, _requests.delete


def car_created(**changes: Any) -> Created:
    """Return the event that the example car was created, with some fields different."""
    return Created(replace(EXAMPLE, **changes))


def other_color(car: Mapping[str, Any]) -> str:
    """Name a color that a represented car does not have."""
    return next(color for color in ("red", "white") if color != car["color"])


def given(*events: object) -> kit.Given:
    """Return the car after these events."""
    return kit.given(CARS, *events)
