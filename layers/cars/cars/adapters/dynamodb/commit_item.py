"""A commit as an item of the events table: `carId` and `version`, the version of its first event, are the key."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from cars.adapters.clock import write_time
from cars.adapters.dynamodb.attributes import read_item, write_item
from cars.adapters.faults import explain
from cars.application.commits import CarCommit
from cars.domain.root import FOLD_VERSION
from cars.domain.stored_events import CorruptEvent, StoredEvent, read_event, read_state, write_event, write_state
from cars.domain.values import CarId
from trigger_pattern import Commit, Position


class CorruptItem(Exception):
    """An item of the events table that no version of this code wrote."""


def write_commit(commit: CarCommit) -> dict[str, Any]:
    """Write a commit with its state. Raises ValueError where it has none."""
    if commit.state is None:
        raise ValueError("a commit is written with the state after it")
    other_queue = {"otherQueueAt": write_time(commit.other_queue_at)} if commit.other_queue_at else {}
    return write_item(
        {
            "carId": commit.aggregate_id,
            "version": commit.version,
            "events": [write_event(event) for event in commit.events],
            "state": write_state(commit.state),
            "foldVersion": FOLD_VERSION,
            "commandId": commit.command_id,
            "queue": commit.position.queue,
            "sequence": str(commit.position.sequence),
            "issuedAt": write_time(commit.issued_at),
            "occurredAt": write_time(commit.occurred_at),
            "actor": commit.actor,
            "correlationId": commit.correlation_id,
            **other_queue,
        }
    )


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError("not a text")


_Time: TypeAlias = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_text)]
_LongNumber: TypeAlias = Annotated[int, Field(strict=False), BeforeValidator(_text)]


class _Attributes(BaseModel):
    """What was written; attributes that newer code may have added are passed over."""

    model_config = ConfigDict(alias_generator=to_camel, strict=True)


class _EventAttributes(_Attributes):
    type: str
    schema_version: int
    data: dict[str, Any]


class _CommitAttributes(_Attributes):
    car_id: str
    version: int = Field(ge=1)
    events: list[_EventAttributes] = Field(min_length=1)
    state: dict[str, Any]
    fold_version: int
    command_id: str
    queue: str
    sequence: _LongNumber
    issued_at: _Time
    occurred_at: _Time
    actor: str
    correlation_id: str
    other_queue_at: _Time | None = None


def read_commit(item: Mapping[str, Any]) -> CarCommit:
    """Read a commit; its state is None where another fold made it.

    Raises CorruptItem, and UnknownEvent where newer code wrote it.
    """
    try:
        return _commit(_CommitAttributes.model_validate(read_item(item)))
    except ValidationError as error:
        raise CorruptItem(explain(error)) from error
    except (ValueError, TypeError, CorruptEvent) as error:
        raise CorruptItem(str(error)) from error


def _commit(item: _CommitAttributes) -> CarCommit:
    car_id = CarId(UUID(item.car_id))
    return Commit(
        aggregate_id=item.car_id,
        version=item.version,
        events=tuple(read_event(car_id, _stored(event)) for event in item.events),
        state=read_state(car_id, item.state) if item.fold_version == FOLD_VERSION else None,
        command_id=item.command_id,
        position=Position(item.queue, item.sequence),
        issued_at=item.issued_at,
        occurred_at=item.occurred_at,
        actor=item.actor,
        correlation_id=item.correlation_id,
        other_queue_at=item.other_queue_at,
    )


def _stored(event: _EventAttributes) -> StoredEvent:
    return {"type": event.type, "schemaVersion": event.schema_version, "data": event.data}
