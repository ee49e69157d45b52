"""The parameters of `GET /cars`; the filters' values are read by the domain's own readers."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from pydantic import Field

from cars.adapters.http.cursors import MAX_CURSOR, BadCursor, read_cursor
from cars.adapters.http.models import NUMBER, read_as
from cars.adapters.http.parameters import fault
from cars.application.listing import question_of
from cars.domain import refusals
from cars.domain.reading import InvalidValue
from cars.domain.representation import READERS
from cars.domain.values import CarType, Color, Condition, Make, Model

FILTERS = ("owner", "vin", "make", "model", "color", "condition")


OwnerFilter = Annotated[UUID | None, Query(description="The cars of this owner"), read_as("owner")]
VinFilter = Annotated[str | None, Query(description="The car with this VIN"), read_as("vin")]
MakeFilter = Annotated[Make | None, Query(description="With `model`: the cars of this model"), read_as("make")]
ModelFilter = Annotated[Model | None, Query(description="With `make`: the cars of this model"), read_as("model")]
ColorFilter = Annotated[Color | None, Query(description="With `make` and `model`"), read_as("color")]
ConditionFilter = Annotated[Condition | None, Query(description="With `make` and `model`"), read_as("condition")]
PageLimit = Annotated[int, Field(ge=1, le=100), NUMBER, Query(description="How many cars at most")]
CursorText = Annotated[
    str | None, Query(max_length=MAX_CURSOR, description="Where to go on, as a page's `next` has it")
]


def wrong_in_list(event: APIGatewayProxyEventV2) -> list[dict[str, str]]:
    """Return an entry for each fault of the parameters together; each by itself is checked by its type."""
    given = event.query_string_parameters
    filters = _readable(given)
    return _not_of_its_make(filters.get("make"), filters.get("model")) + _not_of_this_list(given, filters)


def _readable(given: Mapping[str, str]) -> dict[str, Any]:
    filters: dict[str, Any] = {}
    for name in given.keys() & set(FILTERS):
        try:
            filters[name] = READERS[name](given[name])
        except InvalidValue:
            continue
    return filters


def _not_of_this_list(given: Mapping[str, str], filters: Mapping[str, Any]) -> list[dict[str, str]]:
    """Name a cursor of another list, if the filters say which list this is, and its length is no fault already."""
    cursor = given.get("cursor")
    question = question_of(filters) if len(filters) == len(given.keys() & set(FILTERS)) else None
    if cursor is None or question is None or len(cursor) > MAX_CURSOR:
        return []
    try:
        read_cursor(cursor, question)
    except BadCursor:
        return [fault("cursor", "Expected a cursor from the `next` of this list.")]
    return []


def _not_of_its_make(make: Make | None, model: Model | None) -> list[dict[str, str]]:
    """Name a model that is not of its make."""
    of_make = [car_type for car_type in CarType if car_type.make is make]
    if make and model and all(car_type.model is not model for car_type in of_make):
        return [fault("model", refusals.not_a_model(make, of_make).detail)]
    return []
