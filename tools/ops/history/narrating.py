"""An aggregate's biography, as text for a person and as JSON for a program."""

from collections.abc import Iterator
from typing import Any

from tools.ops.history.biography import Biography, Part, Step
from tools.ops.telling import in_words, known, printable, table
from trigger_pattern.application.clock import write_time
from trigger_pattern.application.commits import StoredCommit
from trigger_pattern.definition.life import Gone
from trigger_pattern.definition.resource import AnyResource


def lines(told: Biography) -> Iterator[str]:
    """Yield the narration, line by line."""
    for part in told.parts:
        yield from _part(told.resource, part)
        yield ""
    yield _end(told)
    yield from (f"  {line}" for line in table(told.resource, known(told.resource, told.state)))


def document(told: Biography) -> dict[str, Any]:
    """Write it; the value, named for the resource, and `deleted` are null where nobody knows how it is at the end."""
    return {
        told.resource.id: told.aggregate_id,
        "version": told.version,
        "deleted": isinstance(told.state, Gone) if told.state else None,
        told.resource.name: known(told.resource, told.state) or None,
        "commits": [_commit(told.resource, part) for part in told.parts],
    }


def _part(resource: AnyResource, part: Part) -> Iterator[str]:
    first, last = part.chapter.version, part.chapter.last_version
    name = f"Versions {first} to {last}" if last > first else f"Version {first}"
    if part.chapter.commit:
        yield from _heading(name, part.chapter.commit)
    else:
        yield name
    yield from (_step(resource, step) for step in part.steps)
    if part.last_version < last:
        yield f"  and {last - part.last_version} more, after what was asked for"
    for fault in part.chapter.faults:
        yield printable(f"  FAULT  {fault.fault}")


def _heading(name: str, commit: StoredCommit) -> Iterator[str]:
    yield printable(f"{name}, {write_time(commit.occurred_at)}, by {commit.actor}")
    yield printable(f"  command {commit.command_id}, correlation id {commit.correlation_id}")


def _step(resource: AnyResource, step: Step) -> str:
    event = step.published.event
    return f"  {step.published.version:>4}  {event['type']:<16}  {_words(resource, step)}"


def _words(resource: AnyResource, step: Step) -> str:
    event = step.published.event
    return in_words(resource, event["type"], event["data"], known(resource, step.before))


def _end(told: Biography) -> str:
    name = told.resource.words_of_name
    match told.state:
        case None:
            return f"The {name} at version {told.version} cannot be read."
        case Gone():
            return f"At version {told.version} the {name} is deleted. It last was:"
        case _:
            return f"At version {told.version} the {name} is:"


def _commit(resource: AnyResource, part: Part) -> dict[str, Any]:
    commit = part.chapter.commit
    faults = {"faults": [fault.fault for fault in part.chapter.faults]} if part.chapter.faults else {}
    if commit is None:
        return {"version": part.chapter.version, **faults}
    return {
        "version": commit.version,
        "occurredAt": write_time(commit.occurred_at),
        "actor": commit.actor,
        "commandId": commit.command_id,
        "correlationId": commit.correlation_id,
        "events": [_event(resource, step) for step in part.steps],
        **faults,
    }


def _event(resource: AnyResource, step: Step) -> dict[str, Any]:
    event, before = step.published.event, known(resource, step.before)
    replaced = {name: before[name] for name in event["data"] if name in before}
    return {"version": step.published.version, **event, **({"before": replaced} if replaced else {})}
