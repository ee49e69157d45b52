"""A commit as an item of the events table: `carId` and `version`, the version of its first event, are the key.

An item is read in two steps. The stored commit is the envelope, with events and state as they are stored. Of it, the
commit is read: what the events and the state mean to this code.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated, Any, TypeAlias, cast

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from cars.adapters.clock import in_utc, write_time
from cars.adapters.dynamodb.attributes import NotPlain, read_attribute, write_item
from cars.adapters.faults import explain
from cars.application.commits import CarCommit, StoredCommit, StoredState, UnreadableCommit
from cars.domain.reading import read_id
from cars.domain.root import FOLD_VERSION, CarState
from cars.domain.stored_events import CorruptEvent, StoredEvent, read_event, read_state, write_event, write_state
from cars.domain.values import CarId
from trigger_pattern import Commit, Position


class CorruptItem(UnreadableCommit):
    """An item of the events table that no version of this code wrote. The text repeats nothing of its values."""


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


def _car_id(value: str) -> str:
    if str(read_id(value)) == value:
        return value
    raise ValueError("not a car's id as it is written")


_Time: TypeAlias = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_text), AfterValidator(in_utc)]
_LongNumber: TypeAlias = Annotated[int, Field(strict=False), BeforeValidator(_text)]


MOST_EVENTS = 10**18
"""A car never has as many, and every number up to it is one for DynamoDB, SNS and JSON."""


class _Attributes(BaseModel):
    """What was written; attributes that newer code may have added are passed over."""

    model_config = ConfigDict(alias_generator=to_camel, strict=True)


class _EventAttributes(_Attributes):
    type: str = Field(pattern="^[A-Za-z][A-Za-z0-9]{0,99}$")
    schema_version: int = Field(ge=1)
    data: dict[str, Any]


class _CommitAttributes(_Attributes):
    car_id: Annotated[str, AfterValidator(_car_id)]
    version: int = Field(ge=1, lt=MOST_EVENTS)
    events: list[_EventAttributes] = Field(min_length=1)
    fold_version: int
    command_id: str
    queue: str
    sequence: _LongNumber
    issued_at: _Time
    occurred_at: _Time
    actor: str
    correlation_id: str
    other_queue_at: _Time | None = None


_NAMES = frozenset(map(to_camel, _CommitAttributes.model_fields))


def read_stored(item: Mapping[str, Any]) -> StoredCommit:
    """Return a commit as it is stored. A state that is not plain is left out. Raises CorruptItem."""
    try:
        plain = {name: read_attribute(name, item[name]) for name in _NAMES & item.keys()}
        read = _CommitAttributes.model_validate(plain)
    except NotPlain as error:
        raise CorruptItem(str(error)) from None
    except ValidationError as error:
        raise CorruptItem(explain(error)) from None
    return Commit(
        aggregate_id=read.car_id,
        version=read.version,
        events=tuple(map(_stored, read.events)),
        state=_stored_state(item, read.fold_version),
        command_id=read.command_id,
        position=Position(read.queue, read.sequence),
        issued_at=read.issued_at,
        occurred_at=read.occurred_at,
        actor=read.actor,
        correlation_id=read.correlation_id,
        other_queue_at=read.other_queue_at,
    )


def read_commit(item: Mapping[str, Any]) -> CarCommit:
    """Return a commit; its state is None where another fold made it, or where it cannot be read.

    Raises CorruptItem, and UnknownEvent where newer code wrote it.
    """
    return decode(read_stored(item))


def decode(stored: StoredCommit) -> CarCommit:
    """Return what a stored commit means. Raises CorruptItem, UnknownEvent."""
    car_id = CarId(read_id(stored.aggregate_id))
    try:
        events = tuple(read_event(car_id, event) for event in stored.events)
    except CorruptEvent as corrupt:
        raise CorruptItem(str(corrupt)) from None
    return Commit(
        aggregate_id=stored.aggregate_id,
        version=stored.version,
        events=events,
        state=snapshot(stored),
        command_id=stored.command_id,
        position=stored.position,
        issued_at=stored.issued_at,
        occurred_at=stored.occurred_at,
        actor=stored.actor,
        correlation_id=stored.correlation_id,
        other_queue_at=stored.other_queue_at,
    )


def is_of_this_fold(stored: StoredCommit) -> bool:
    """Return whether a commit's state was made by this code's fold."""
    return stored.state.fold_version == FOLD_VERSION if stored.state else False


def snapshot(stored: StoredCommit) -> CarState | None:
    """Return the state after a commit; None where another fold made it, or where it cannot be read.

    The events are the truth, so that such a state is folded again. It makes no commit corrupt.
    """
    if stored.state is None or stored.state.fold_version != FOLD_VERSION:
        return None
    with suppress(CorruptEvent):
        return read_state(CarId(read_id(stored.aggregate_id)), stored.state.fields)
    return None


def _stored(event: _EventAttributes) -> StoredEvent:
    return {"type": event.type, "schemaVersion": event.schema_version, "data": event.data}


def _stored_state(item: Mapping[str, Any], fold_version: int) -> StoredState:
    with suppress(NotPlain, KeyError):
        fields = read_attribute("state", item["state"])
        return StoredState(fold_version, cast("dict[str, Any]", fields) if isinstance(fields, dict) else {})
    return StoredState(fold_version, {})
