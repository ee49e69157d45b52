"""The parameters of `GET /cars`; the filters' values are read by the domain's own readers."""

from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Query

from cars.adapters.http.cursors import MAX_CURSOR
from cars.adapters.http.models import read_as
from cars.adapters.http.parameters import fault
from cars.domain import refusals
from cars.domain.values import CarType, Color, Condition, Make, Model

FILTERS = ("owner", "vin", "make", "model", "color", "condition")


OwnerFilter = Annotated[UUID | None, Query(description="The cars of this owner"), read_as("owner")]
VinFilter = Annotated[str | None, Query(description="The car with this VIN"), read_as("vin")]
MakeFilter = Annotated[Make | None, Query(description="With `model`: the cars of this model"), read_as("make")]
ModelFilter = Annotated[Model | None, Query(description="With `make`: the cars of this model"), read_as("model")]
ColorFilter = Annotated[Color | None, Query(description="With `make` and `model`"), read_as("color")]
ConditionFilter = Annotated[Condition | None, Query(description="With `make` and `model`"), read_as("condition")]
PageLimit = Annotated[int, Query(ge=1, le=100, description="How many cars at most")]
CursorText = Annotated[
    str | None, Query(max_length=MAX_CURSOR, description="Where to go on, as a page's `next` has it")
]


def not_of_its_make(make: Make | None, model: Model | None) -> list[dict[str, str]]:
    """Name a model that is not of its make."""
    of_make = [car_type for car_type in CarType if car_type.make is make]
    if make and model and all(car_type.model is not model for car_type in of_make):
        return [fault("model", refusals.not_a_model(make, of_make).detail)]
    return []
