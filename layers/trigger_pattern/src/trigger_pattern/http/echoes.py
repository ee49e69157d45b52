"""The members that GET and lists show beside a resource's fields. A PUT may send them back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from trigger_pattern.definition.reasons import Invalid
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.texts import read_uuid
from trigger_pattern.http.exchange import Fault


def without_echo(
    resource: AnyResource, fields: Mapping[str, Any], aggregate_id: str
) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Return fields without the members that GET and lists add, and the faults of those members.

    The version is ignored: the only precondition of a PUT is `If-Match`.
    """
    representation, faults = dict(fields), list[Fault]()
    if resource.id in representation and not _is_id(representation.pop(resource.id), aggregate_id):
        faults.append(Fault("invalid-value", "Expected the id in the path, or none.", f"/{resource.id}"))
    if "version" in representation and not _is_version(representation.pop("version")):
        faults.append(Fault("invalid-value", "Expected a version, a whole number from 1, or none.", "/version"))
    return representation, tuple(faults)


def _is_version(value: object) -> bool:
    """Return whether a value is a whole number from 1 on, of any size: Decimal cannot compute a remainder of 1e400."""
    if isinstance(value, Decimal):
        return value >= 1 and value == value.to_integral_value()
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_id(value: object, aggregate_id: str) -> bool:
    try:
        return aggregate_id in ("", str(read_uuid(value)))
    except Invalid:
        return False
