"""A life of a resource: its creation, a change of all that can change, and its deletion. And another one's creation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from tools.generate.commits import ACTOR, Cause, commit_of
from tools.generate.drawing import NotGenerated, candidates, first_value
from tools.project import STACK
from trigger_pattern.application.commits import DecodedCommit
from trigger_pattern.definition.life import Gone, State, root_of
from trigger_pattern.definition.records import Field
from trigger_pattern.definition.requests import PatchRequest, build_triggers
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Context, Executed, Refused, execute

_ONE: Final = "01a19671-c238-72b2-a586-90c6c8f2401f"
_ANOTHER: Final = "01a19b45-cd4a-7a11-a28c-cf8d73e8c23b"

_CREATED: Final = Cause(
    _ONE,
    "01a19671-c238-7fa8-a11e-c30cc60c9cfd",
    datetime(2026, 11, 1, 9, 30, 0, 120_000, UTC),
    "the-first",
    18849496460467696384,
)
_UPDATED: Final = Cause(
    _ONE,
    "01a1969b-98b7-7293-9c04-fc860604181a",
    datetime(2026, 11, 1, 10, 15, 42, 7_000, UTC),
    "Tq3k7jM02vHcEPJQ=",
    18849496460467696640,
)
_DELETED: Final = Cause(
    _ONE,
    "01a196b4-2f30-7d11-8c40-3b1f77a6c2d4",
    datetime(2026, 11, 1, 10, 42, 33, 904_000, UTC),
    "the-last",
    18849496460467696896,
)
_OTHER: Final = Cause(
    _ANOTHER,
    "01a19b45-cd4a-7aea-9f51-299f5350548b",
    datetime(2026, 11, 2, 8, 0, 5, 450_000, UTC),
    "the-second",
    18849496460467697152,
)

_OTHER_VALUES: Final = {
    "uuid": "5f0c5bd4-9d1e-4a3c-8c53-9c4c9d1f4c11",
    "date": "2027-05-20",
    "date-time": "2027-05-20T09:30:00Z",
}
"""By their formats, values that examples do not have."""


@dataclass(frozen=True)
class Life:
    """The commits, each with the command that caused it."""

    resource: AnyResource
    created: DecodedCommit
    updated: DecodedCommit
    deleted: DecodedCommit
    other: DecodedCommit


def life_of(resource: AnyResource) -> Life:
    """Return a life of the example of a resource. Raises NotGenerated."""
    value, example = first_value(resource), STACK.examples.get(resource.name)
    changed = _changed(resource, value, example.patch if example else {})
    if not changed.events:
        raise NotGenerated(f"{resource.plural}: no change can be drawn. Add a patch to `examples` in tools/project.py.")
    deletion = (resource.deleted(),)
    return Life(
        resource,
        created=commit_of(resource, _CREATED, 1, (resource.created(value),), value),
        updated=commit_of(resource, _UPDATED, 2, changed.events, changed.state),
        deleted=commit_of(resource, _DELETED, 2 + len(changed.events), deletion, Gone(changed.state)),
        other=commit_of(resource, _OTHER, 1, (resource.created(changed.state),), changed.state),
    )


def _changed(resource: AnyResource, value: object, patch: Mapping[str, Any]) -> Executed[State, object]:
    """Return the change of as many fields as the resource allows at once: as the patch has them, or drawn."""
    changed = _decided(resource, value, patch) or Executed((), value)
    wanted = dict(patch) if changed.events else {}
    for name, member in resource.members.items():
        for candidate in [] if member.immutable else _others(member):
            tried = _decided(resource, value, {**wanted, name: candidate})
            if tried and len(tried.events) > len(changed.events):
                changed, wanted = tried, {**wanted, name: candidate}
                break
    return changed


def _decided(resource: AnyResource, value: object, patch: Mapping[str, Any]) -> Executed[State, object] | None:
    """Return what a PATCH does, None if it is refused."""
    triggers = build_triggers(resource, PatchRequest(_UPDATED.aggregate_id, patch), value)
    context = Context(_UPDATED.aggregate_id, _UPDATED.issued_at, ACTOR)
    decided = triggers if isinstance(triggers, Refused) else execute(root_of(resource), value, triggers, context)
    return None if isinstance(decided, Refused) else decided


def _others(member: Field) -> list[Any]:
    schema = member.codec.stores
    return [_OTHER_VALUES[schema["format"]]] if schema.get("format") in _OTHER_VALUES else candidates(schema)
