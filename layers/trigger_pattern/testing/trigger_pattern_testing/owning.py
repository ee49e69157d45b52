"""The fields for which an author may have strategies of hypothesis: `Laws.own`."""

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import get_args

from trigger_pattern.definition.fields import Parsed
from trigger_pattern.definition.hints import pick, taken_apart
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern_testing.drawing import Drawn, Hint, hints_of


def refuse_unknown_fields(resource: AnyResource, own: Mapping[str, Drawn]) -> None:
    """Raise ValueError if a key of `own` is no field of the resource."""
    changes = [event for event in resource.events.values() if event not in (resource.created, resource.deleted)]
    known = [name for cls in (resource.of, *changes) for name in _fields(cls)]
    if unknown := [name for name in own if name not in known]:
        raise ValueError(
            f"own: no field is called {', '.join(unknown)}: a key is Class.field, with the names in Python. "
            f"There are {', '.join(dict.fromkeys(known))}"
        )


def _fields(cls: type) -> Iterator[str]:
    for name, hint in hints_of(cls).items():
        yield f"{cls.__name__}.{name}"
        for nested in _nested(hint):
            yield from _fields(nested)


def _nested(hint: Hint) -> Iterator[type]:
    base, extras = taken_apart(hint)
    if pick(Parsed, extras):
        return
    if isinstance(base, type) and is_dataclass(base):
        yield base
    for inner in get_args(base):
        yield from _nested(inner)
