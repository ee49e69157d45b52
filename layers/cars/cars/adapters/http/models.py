"""The bodies and parameters of requests; their values are read by the domain's own readers."""

from typing import Annotated, Any
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Path, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.config import JsonDict

from cars.domain.reading import read_id
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


def _read(field: str) -> BeforeValidator:
    return BeforeValidator(READERS[field])


class CarBody(BaseModel):
    """A car's representation. Text may be in any case and have blanks around it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    year: Annotated[int, _read("year")]
    make: Annotated[Make, _read("make")]
    model: Annotated[Model, _read("model")]
    vin: Annotated[str, _read("vin"), Field(description="17 letters and digits without I, O and Q (ISO 3779)")]
    color: Annotated[Color, _read("color")]
    mileage: Annotated[int, _read("mileage"), Field(description="In miles")]
    owner: Annotated[UUID, _read("owner")]
    condition: Annotated[Condition, _read("condition")]

    def representation(self) -> dict[str, Any]:
        """Give the fields as JSON has them."""
        return self.model_dump(mode="json")


class CarReplacement(CarBody):
    """What a PUT takes: also what a GET gave, with the car's id."""

    car_id: Annotated[UUID | None, BeforeValidator(read_id)] = Field(default=None, alias="carId", exclude=True)


CarIdPath = Annotated[UUID, Path(alias="carId"), BeforeValidator(read_id)]
CommandIdPath = Annotated[UUID, Path(alias="commandId"), BeforeValidator(read_id)]
MAX_VERSION = 9_999_999_999
"""Ten digits, as many as a published event's `sequence` has."""

After = Annotated[int, Query(ge=0, le=MAX_VERSION, description="The version that the client has seen last")]
Limit = Annotated[int, Query(ge=1, le=100, description="How many events at most")]
