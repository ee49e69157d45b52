"""The attributes of an item of the events table, and what they must be."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from trigger_pattern.aws.envelope import Member, or_null, plain_object, read_envelope, text, time, whole
from trigger_pattern.definition.reasons import Invalid, expected, within
from trigger_pattern.definition.stored import StoredEvent
from trigger_pattern.definition.texts import read_uuid

MOST_EVENTS = 10**18
"""More than any resource ever has; every number up to it is exact in DynamoDB, SNS and JSON."""

_NAME = re.compile("[A-Za-z][A-Za-z0-9]{0,99}")
_SEQUENCE = re.compile("[0-9]{1,40}")


def _id(value: Any) -> str:  # noqa: ANN401 - any attribute
    if str(read_uuid(value)) == value:
        return str(value)
    raise expected("an id as it is written")


def _event_name(value: Any) -> str:  # noqa: ANN401 - any attribute
    if isinstance(value, str) and _NAME.fullmatch(value):
        return value
    raise expected("the name of an event")


def _sequence(value: Any) -> int:  # noqa: ANN401 - any attribute
    """Read a number that is too long for a number of DynamoDB, and so is a text."""
    if isinstance(value, str) and _SEQUENCE.fullmatch(value):
        return int(value)
    raise expected("digits")


def _events(value: Any) -> tuple[StoredEvent, ...]:  # noqa: ANN401 - any attribute
    if events := cast("list[object]", value) if isinstance(value, list) else []:
        return tuple(_event(number, event) for number, event in enumerate(events))
    raise expected("one or more events")


def _event(number: int, value: Any) -> StoredEvent:  # noqa: ANN401 - any attribute
    try:
        read = read_envelope(_EVENT, plain_object(value))
    except Invalid as invalid:
        raise Invalid(*within(number, invalid.faults)) from None
    return {"type": read["type"], "schemaVersion": read["schemaVersion"], "data": read["data"]}


_EVENT: Mapping[str, Member] = {
    "type": Member(_event_name),
    "schemaVersion": Member(whole(1)),
    "data": Member(plain_object),
}
"""An event, as far as every code can read it."""


@cache
def attributes_of(id_name: str) -> Mapping[str, Member]:
    """Return the attributes of a resource's items, but the state, which need not be readable."""
    return {
        id_name: Member(_id),
        "version": Member(whole(1, below=MOST_EVENTS)),
        "events": Member(_events),
        "foldVersion": Member(whole()),
        "commandId": Member(text()),
        "queue": Member(text()),
        "sequence": Member(_sequence),
        "issuedAt": Member(time),
        "occurredAt": Member(time),
        "actor": Member(text()),
        "correlationId": Member(text()),
        "otherQueueAt": Member(or_null(time), None),
    }
