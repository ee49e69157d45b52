"""The attributes of an item of the events table, with their types."""

from functools import cache
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, create_model
from pydantic.alias_generators import to_camel

from trigger_pattern.application.clock import in_utc
from trigger_pattern.definition.texts import read_uuid

MOST_EVENTS = 10**18
"""More than any resource ever has; every number up to it is exact in DynamoDB, SNS and JSON."""


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError("not a text")


def _id(value: str) -> str:
    if str(read_uuid(value)) == value:
        return value
    raise ValueError("not an id as it is written")


_Time: TypeAlias = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_text), AfterValidator(in_utc)]
_LongNumber: TypeAlias = Annotated[int, Field(strict=False), BeforeValidator(_text)]


class _Attributes(BaseModel):
    """The attributes of an item; those that newer code may have added are ignored."""

    model_config = ConfigDict(alias_generator=to_camel, strict=True)


class EventAttributes(_Attributes):
    """An event, as far as every code can read it."""

    type: str = Field(pattern="^[A-Za-z][A-Za-z0-9]{0,99}$")
    schema_version: int = Field(ge=1)
    data: dict[str, Any]


class CommitAttributes(_Attributes):
    """A commit without its state, which need not be readable."""

    aggregate_id: Annotated[str, AfterValidator(_id)]
    version: int = Field(ge=1, lt=MOST_EVENTS)
    events: list[EventAttributes] = Field(min_length=1)
    fold_version: int
    command_id: str
    queue: str
    sequence: _LongNumber
    issued_at: _Time
    occurred_at: _Time
    actor: str
    correlation_id: str
    other_queue_at: _Time | None = None


@cache
def attributes_of(id_name: str) -> type[CommitAttributes]:
    """Return the model of a resource's items, in which its id has its own name."""
    return create_model(
        "CommitAttributes",
        __base__=CommitAttributes,
        aggregate_id=(Annotated[str, AfterValidator(_id)], Field(alias=id_name)),
    )
