"""The bodies and parameters of requests; their values are read by the domain's own readers."""

import re
from typing import Annotated, Any, Self, cast
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Path, Query
from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)
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


class Representation(BaseModel):
    """A body as it was sent. The classes derived from this describe it; the domain's readers check its fields."""

    model_config = ConfigDict(extra="forbid")

    _sent: dict[str, Any] = PrivateAttr(default_factory=dict[str, Any])

    @model_validator(mode="wrap")
    @classmethod
    def _take(cls, sent: dict[str, Any], _: ModelWrapValidatorHandler[Self]) -> Self:
        body = cls.model_construct()
        body._sent = sent  # noqa: SLF001 - its own
        return body

    def fields(self) -> dict[str, Any]:
        """Return the fields that were sent, unchecked."""
        return dict(self._sent)


class CarBody(Representation):
    """A car's representation. Text may be in any case and have blanks around it."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    year: int
    make: Make
    model: Model
    vin: Annotated[str, Field(description="17 letters and digits without I, O and Q (ISO 3779)")]
    color: Color
    mileage: Annotated[int, Field(description="In miles")]
    owner: UUID
    condition: Condition


class CarReplacement(CarBody):
    """What a PUT takes: also what a GET or a list gave, with the car's id and its version, which is ignored."""

    car_id: UUID = Field(default=cast("Any", None), alias="carId", json_schema_extra=_without_default)
    version: int = _ABSENT


CarIdPath = Annotated[UUID, Path(alias="carId"), BeforeValidator(read_id)]
CommandIdPath = Annotated[UUID, Path(alias="commandId"), BeforeValidator(read_id)]


class CarPatch(Representation):
    """What a PATCH takes (JSON Merge Patch, RFC 7396): any of the fields that can change; no field can be removed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"color": "red", "mileage": 15000}]})

    color: Color = _ABSENT
    mileage: int = _ABSENT
    owner: UUID = _ABSENT
    condition: Condition = _ABSENT


_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2})(?:\.(\d{1,30}))?(?:([Zz])|([+ -])(\d{2}:\d{2}))", re.ASCII
)
"""RFC 3339, section 5.6. A `+` that was not encoded arrives as a blank."""

DEFAULT_LIMIT = 50


def _read_number(value: object) -> object:
    """Return a number's text for pydantic, and none if it has what pydantic accepts beyond ASCII's numbers."""
    return value if isinstance(value, str) and value.isascii() and "_" not in value else ""


NUMBER = BeforeValidator(_read_number)
"""For whole numbers in queries. Pydantic alone reads `1_0` as 10, and trims blanks of other scripts."""

MAX_VERSION = 9_999_999_999
"""Ten digits, as many as a published event's `sequence` has."""

After = Annotated[
    int, Field(ge=0, le=MAX_VERSION), NUMBER, Query(description="The version that the client has seen last")
]
Version = Annotated[
    Annotated[int, Field(ge=1, le=MAX_VERSION), NUMBER] | None,
    Query(description="The car as it was after this event"),
]


def _read_time(value: object) -> object:
    """Read a time, cut to the milliseconds that are stored."""
    time = _TIME.fullmatch(value) if isinstance(value, str) else None
    if not time:
        raise InvalidValue("a time with its offset, such as 2026-11-01T00:00:00Z")
    second, fraction, utc, sign, offset = time.groups()
    return f"{second}.{(fraction or '')[:3]:0<3}{utc or sign.replace(' ', '+') + offset}"


At = Annotated[AwareDatetime | None, BeforeValidator(_read_time), Query(description="The car as it was at this time")]
Limit = Annotated[int, Field(ge=1, le=100), NUMBER, Query(description="How many events at most")]
