"""A resource's fold corpus: stored histories, and the state that the current fold computes from each.

A stored event never changes. A state changes only with the fold version, so that no snapshot is read by another fold.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict

from tools.generate.drawing import NotGenerated, candidates, first_value
from trigger_pattern.definition.life import root_of
from trigger_pattern.definition.representation import represent
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.schemas import event_schema
from trigger_pattern.definition.stored import (
    CorruptEvent,
    StoredEvent,
    UnknownEvent,
    lift_event,
    read_event,
    schema_version,
    write_state,
)


class History(TypedDict):
    """The events of one life as they are stored, and the state after them."""

    events: Sequence[StoredEvent]
    state: Mapping[str, Any]


class Corpus(TypedDict):
    """The histories by their titles, with the fold version that computed their states."""

    foldVersion: int
    histories: Mapping[str, History]


def file_of(resource: AnyResource, folder: Path) -> Path:
    """Return the file of a resource's corpus."""
    return folder / f"{resource.plural}.json"


def read(file: Path) -> Corpus:
    """Return a corpus; an empty one of fold version 0 if there is no file."""
    empty: Corpus = {"foldVersion": 0, "histories": {}}
    found: Corpus = json.loads(file.read_text(encoding="utf-8")) if file.exists() else empty
    return found


def written(corpus: Corpus) -> str:
    """Return a corpus as its file has it."""
    return json.dumps(corpus, indent=2, ensure_ascii=False) + "\n"


def changed(resource: AnyResource, before: Corpus) -> list[str]:
    """Return a line for each history whose state changed although the fold version did not."""
    if before["foldVersion"] != resource.fold_version:
        return []
    histories = before["histories"].items()
    return [f"{resource.plural}: {title}" for title, old in histories if _history(resource, old["events"]) != old]


def corpus_of(resource: AnyResource, before: Corpus) -> Corpus:
    """Return the histories of `before` with today's states, and one more for each event that they lack."""
    kept = {title: old["events"] for title, old in before["histories"].items()}
    events = {**kept, **dict(_lacking(resource, kept))}
    histories = {title: _history(resource, each) for title, each in events.items()}
    return {"foldVersion": resource.fold_version, "histories": histories}


def examples_of(resource: AnyResource, corpus: Corpus) -> list[StoredEvent]:
    """Return one event of each type, in the order of the definition: the first in a corpus, as it is written today."""
    events = [event for history in corpus["histories"].values() for event in history["events"]]
    first = {event["type"]: event for event in reversed(events)}
    return [lift_event(resource, first[name]) for name in resource.events]


def _history(resource: AnyResource, events: Sequence[StoredEvent]) -> History:
    try:
        state = root_of(resource).fold(read_event(resource, event) for event in events)
    except (UnknownEvent, CorruptEvent, ValueError) as unreadable:
        raise NotGenerated(
            f"{resource.plural}: a history in the fold corpus cannot be read: {unreadable}. "
            "Stored events are for ever. If the resource was never deployed, delete its corpus."
        ) from None
    return {"events": events, "state": write_state(resource, state)}


def _lacking(
    resource: AnyResource, kept: Mapping[str, Sequence[StoredEvent]]
) -> Iterator[tuple[str, Sequence[StoredEvent]]]:
    present = {(event["type"], event["schemaVersion"]) for events in kept.values() for event in events}
    first = resource.created.__name__
    for name in resource.events:
        version = schema_version(resource, name)
        if (name, version) not in present:
            names = (first,) if name == first else (first, name)
            yield f"{name} {version}", [_event(resource, each) for each in names]


def _event(resource: AnyResource, name: str) -> StoredEvent:
    """Return an event with an example's data, in its newest schema. Raises NotGenerated."""
    for data in _candidates(resource, name):
        event: StoredEvent = {"type": name, "schemaVersion": schema_version(resource, name), "data": data}
        try:
            read_event(resource, event)
        except CorruptEvent:
            continue
        return event
    raise NotGenerated(f"{resource.plural}: no example can be drawn for {name}. Write its history by hand.")


def _candidates(resource: AnyResource, name: str) -> list[dict[str, Any]]:
    if name == resource.created.__name__:
        return [represent(resource, first_value(resource))]
    return candidates(event_schema(resource, name))
