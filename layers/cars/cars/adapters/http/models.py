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

from cars.domain.reading import InvalidValue, read_id
from cars.domain.representation import READERS
from cars.domain.values import Color, Condition, Make, Model


def read_as(field: str) -> BeforeValidator:
    """Have a value read by the domain's reader of a field."""
    return BeforeValidator(READERS[field])


_ABSENT: Any = Field(default=cast("Any", None))
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

    year: int
    make: Make
    model: Model
    vin: str
    color: Color
    mileage: int
    owner: UUID
    condition: Condition


class CarReplacement(CarBody):
    """What a PUT takes: also what a GET or a list gave, with the car's id and its version, which is ignored."""

    car_id: UUID = Field(default=cast("Any", None), alias="carId")
    version: int = _ABSENT


CarIdPath = Annotated[UUID, Path(alias="carId"), BeforeValidator(read_id)]
CommandIdPath = Annotated[UUID, Path(alias="commandId"), BeforeValidator(read_id)]


class CarPatch(Representation):
    """What a PATCH takes (JSON Merge Patch, RFC 7396): any of the fields that can change; no field can be removed."""

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
