"""A commit as an item of the events table. Its key is the resource's id and the version of its first event.

An item is read in two steps. The first reads the envelope, and leaves events and state as they are stored. The second
reads these as this code understands them.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, cast

from trigger_pattern.application.clock import write_time
from trigger_pattern.application.commits import DecodedCommit, StoredCommit, StoredState, UnreadableCommit
from trigger_pattern.aws.dynamodb.attributes import NotPlain, read_attribute, write_item
from trigger_pattern.aws.dynamodb.commit_attributes import attributes_of
from trigger_pattern.aws.envelope import read_envelope
from trigger_pattern.definition.life import State
from trigger_pattern.definition.reasons import Invalid
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import (
    CorruptEvent,
    StoredEvent,
    read_event,
    read_state,
    write_event,
    write_state,
)
from trigger_pattern.kernel import Commit, Position


class CorruptItem(UnreadableCommit):
    """An item of the events table that no version of this code wrote. The text has none of its values."""


def write_commit(resource: AnyResource, commit: DecodedCommit) -> dict[str, Any]:
    """Return the item of a commit. Raises ValueError without a state, CorruptEvent for an event that is unreadable."""
    if commit.state is None:
        raise ValueError("a commit is written with the state after it")
    other_queue = {"otherQueueAt": write_time(commit.other_queue_at)} if commit.other_queue_at else {}
    return write_item(
        {
            resource.id: commit.aggregate_id,
            "version": commit.version,
            "events": [_readable(resource, write_event(resource, event)) for event in commit.events],
            "state": write_state(resource, commit.state),
            "foldVersion": resource.fold_version,
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


def read_stored(resource: AnyResource, item: Mapping[str, Any]) -> StoredCommit:
    """Return a commit as it is stored. A state that is not plain is left out. Raises CorruptItem."""
    attributes = attributes_of(resource.id)
    try:
        plain = {name: read_attribute(name, item[name]) for name in attributes.keys() & item.keys()}
        read = read_envelope(attributes, plain)
    except (NotPlain, Invalid) as fault:
        raise CorruptItem(str(fault)) from None
    return Commit(
        aggregate_id=read[resource.id],
        version=read["version"],
        events=read["events"],
        state=_stored_state(item, read["foldVersion"]),
        command_id=read["commandId"],
        position=Position(read["queue"], read["sequence"]),
        issued_at=read["issuedAt"],
        occurred_at=read["occurredAt"],
        actor=read["actor"],
        correlation_id=read["correlationId"],
        other_queue_at=read["otherQueueAt"],
    )


def read_commit(resource: AnyResource, item: Mapping[str, Any]) -> DecodedCommit:
    """Return a commit; its state is None if another fold made it, or if it cannot be read.

    Raises CorruptItem, and UnknownEvent if newer code wrote it.
    """
    return decode(resource, read_stored(resource, item))


def decode(resource: AnyResource, stored: StoredCommit) -> DecodedCommit:
    """Return a stored commit as this code understands it. Raises CorruptItem, UnknownEvent."""
    try:
        events = tuple(read_event(resource, event) for event in stored.events)
    except CorruptEvent as corrupt:
        raise CorruptItem(str(corrupt)) from None
    return Commit(
        aggregate_id=stored.aggregate_id,
        version=stored.version,
        events=events,
        state=snapshot(resource, stored),
        command_id=stored.command_id,
        position=stored.position,
        issued_at=stored.issued_at,
        occurred_at=stored.occurred_at,
        actor=stored.actor,
        correlation_id=stored.correlation_id,
        other_queue_at=stored.other_queue_at,
    )


def is_of_this_fold(resource: AnyResource, stored: StoredCommit) -> bool:
    """Return whether a commit's state was made by this code's fold."""
    return stored.state.fold_version == resource.fold_version if stored.state else False


def snapshot(resource: AnyResource, stored: StoredCommit) -> State | None:
    """Return the state in a commit; None if another fold made it, or if it cannot be read.

    An unreadable state makes no commit corrupt: it is folded again from the events.
    """
    if stored.state is None or stored.state.fold_version != resource.fold_version:
        return None
    with suppress(CorruptEvent):
        return read_state(resource, stored.state.fields)
    return None


def _readable(resource: AnyResource, written: StoredEvent) -> StoredEvent:
    """Return an event that can be read again: an amount out of its bounds would close its aggregate for ever."""
    read_event(resource, written)
    return written


def _stored_state(item: Mapping[str, Any], fold_version: int) -> StoredState:
    with suppress(NotPlain, KeyError):
        fields = read_attribute("state", item["state"])
        return StoredState(fold_version, cast("dict[str, Any]", fields) if isinstance(fields, dict) else {})
    return StoredState(fold_version, {})
