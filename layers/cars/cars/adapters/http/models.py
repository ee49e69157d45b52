"""The bodies and parameters of requests; their values are read by the domain's own readers."""

import re
from typing import Annotated, Any, cast
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Path, Query
from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.config import JsonDict

from cars.domain.reading import InvalidValue, read_id
from cars.domain.representation import READERS
from cars.domain.values import Color, Condition, Make, Model

EXAMPLE: JsonDict = {
    "year": 2009,
    "make": "BMW",
    "model": "M3",
    "color": "black",
    "mileage": 14320,
    "vin": "2G4GM5ER4E9225618",
    "condition": "good",
    "owner": "ad4181f8-c33f-4e81-9d9e-0896188d73f0",
}
"""The article's example."""


def read_as(field: str) -> BeforeValidator:
    """Have a value read by the domain's reader of a field."""
    return BeforeValidator(READERS[field])


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default")


_ABSENT: Any = Field(default=cast("Any", None), json_schema_extra=_without_default)
"""For a field that may be left out, but may not be null."""


class CarBody(BaseModel):
    """A car's representation. Text may be in any case and have blanks around it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    year: Annotated[int, read_as("year")]
    make: Annotated[Make, read_as("make")]
    model: Annotated[Model, read_as("model")]
    vin: Annotated[str, read_as("vin"), Field(description="17 letters and digits without I, O and Q (ISO 3779)")]
    color: Annotated[Color, read_as("color")]
    mileage: Annotated[int, read_as("mileage"), Field(description="In miles")]
    owner: Annotated[UUID, read_as("owner")]
    condition: Annotated[Condition, read_as("condition")]

    def representation(self) -> dict[str, Any]:
        """Give the fields as JSON has them."""
        return self.model_dump(mode="json")


class CarReplacement(CarBody):
    """What a PUT takes: also what a GET gave, with the car's id."""

    car_id: Annotated[UUID | None, BeforeValidator(read_id)] = Field(default=None, alias="carId", exclude=True)


CarIdPath = Annotated[UUID, Path(alias="carId"), BeforeValidator(read_id)]
CommandIdPath = Annotated[UUID, Path(alias="commandId"), BeforeValidator(read_id)]


class CarPatch(BaseModel):
    """What a PATCH takes (JSON Merge Patch, RFC 7396): any of the fields that can change; no field can be removed."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"color": "red", "mileage": 15000}]})

    color: Annotated[Color, read_as("color")] = _ABSENT
    mileage: Annotated[int, read_as("mileage")] = _ABSENT
    owner: Annotated[UUID, read_as("owner")] = _ABSENT
    condition: Annotated[Condition, read_as("condition")] = _ABSENT

    def representation(self) -> dict[str, Any]:
        """Give the fields that were sent, as JSON has them."""
        return self.model_dump(mode="json", exclude_unset=True)


_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
"""RFC 3339, section 5.6."""

DEFAULT_LIMIT = 50

MAX_VERSION = 9_999_999_999
"""Ten digits, as many as a published event's `sequence` has."""

After = Annotated[int, Query(ge=0, le=MAX_VERSION, description="The version that the client has seen last")]
Version = Annotated[int | None, Query(ge=1, le=MAX_VERSION, description="The car as it was after this event")]


def _read_time(value: object) -> object:
    if isinstance(value, str) and _TIME.fullmatch(value):
        return value
    raise InvalidValue("a time with its offset, such as 2026-11-01T00:00:00Z")


At = Annotated[AwareDatetime | None, BeforeValidator(_read_time), Query(description="The car as it was at this time")]
Limit = Annotated[int, Query(ge=1, le=100, description="How many events at most")]
