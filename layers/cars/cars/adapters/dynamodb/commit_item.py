"""A commit as an item of the events table: `carId` and `version`, the version of its first event, are the key."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from cars.adapters.clock import write_time
from cars.adapters.dynamodb.attributes import read_item, write_item
from cars.application.publishing import CarCommit
from cars.domain.root import FOLD_VERSION
from cars.domain.stored_events import CorruptEvent, read_event, read_state, write_event, write_state
from cars.domain.values import CarId
from trigger_pattern import Commit, Delivery


class CorruptItem(Exception):
    """An item of the events table that no version of this code wrote."""


def write_commit(commit: CarCommit) -> dict[str, Any]:
    """Write a commit with its state. Raises ValueError where it has none."""
    if commit.state is None:
        raise ValueError("a commit is written with the state after it")
    return write_item(
        {
            "carId": commit.aggregate_id,
            "version": commit.version,
            "events": [write_event(event) for event in commit.events],
            "state": write_state(commit.state),
            "foldVersion": FOLD_VERSION,
            "commandId": commit.command_id,
            "queue": commit.delivery.queue,
            "sequence": str(commit.delivery.sequence),
            "issuedAt": write_time(commit.issued_at),
            "occurredAt": write_time(commit.occurred_at),
            "actor": commit.actor,
            "correlationId": commit.correlation_id,
        }
    )


def read_commit(item: Mapping[str, Any]) -> CarCommit:
    """Read a commit; its state is None where another fold made it.

    Raises CorruptItem, and UnknownEvent where newer code wrote it.
    """
    try:
        return _read_commit(read_item(item))
    except (KeyError, TypeError, ValueError, AttributeError, CorruptEvent) as error:
        raise CorruptItem(f"{type(error).__name__}: {error}") from error


def _read_commit(fields: dict[str, Any]) -> CarCommit:
    car_id = CarId(UUID(fields["carId"]))
    events = tuple(read_event(car_id, stored) for stored in fields["events"])
    if not events:
        raise ValueError("a commit without events")
    current = fields["foldVersion"] == FOLD_VERSION
    return Commit(
        aggregate_id=fields["carId"],
        version=fields["version"],
        events=events,
        state=read_state(car_id, fields["state"]) if current else None,
        command_id=fields["commandId"],
        delivery=Delivery(fields["queue"], int(fields["sequence"])),
        issued_at=datetime.fromisoformat(fields["issuedAt"]),
        occurred_at=datetime.fromisoformat(fields["occurredAt"]),
        actor=fields["actor"],
        correlation_id=fields["correlationId"],
    )
