"""JSON Merge Patch (RFC 7396), as the RFC defines it, without any types."""

from collections.abc import Mapping
from typing import TypeAlias, cast

from trigger_pattern.definition.codecs import Json

Object: TypeAlias = Mapping[str, Json]


def difference(before: Object, after: Object) -> dict[str, Json]:
    """Return the smallest patch that makes `after` of `before`, neither of which has a null."""
    removed = {name: None for name in before if name not in after}
    return {**removed, **{name: _part(before.get(name), now) for name, now in after.items() if now != before.get(name)}}


def merge(target: Json, patch: Json) -> Json:
    """Apply a patch: the RFC's MergePatch."""
    if not isinstance(patch, dict):
        return patch
    members = cast("Object", patch)
    merged = cast("Object", target if isinstance(target, dict) else {})
    kept = {name: value for name, value in merged.items() if name not in members}
    return kept | {name: merge(merged.get(name), value) for name, value in members.items() if value is not None}


def _part(before: Json, after: Json) -> Json:
    if isinstance(before, dict) and isinstance(after, dict):
        return difference(cast("Object", before), cast("Object", after))
    return after
