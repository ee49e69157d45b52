"""The schemas of a resource's events, one for each type, with examples."""

from typing import Final

from trigger_pattern.definition.schemas import event_data
from trigger_pattern.definition.stored import schema_version
from trigger_pattern.http.parameters import MAX_PAGE
from trigger_pattern_authoring.openapi.examples import (
    EXAMPLE_COMMAND,
    EXAMPLE_CORRELATION,
    EXAMPLE_ID,
    EXAMPLE_TIME,
    members_like,
)
from trigger_pattern_authoring.openapi.schemas import (
    NEXT,
    SMALL,
    TIME,
    UUID,
    VERSION,
    Json,
    alternatives,
    constant,
    examples,
    record,
    sized,
)
from trigger_pattern_authoring.openapi.subject import Subject

_SEVERAL: Final = 2
"""How many events an example of a page has."""


def event_schemas(subject: Subject) -> dict[str, Json]:
    """Return the schemas by the names of their components."""
    names = {name: subject.schema_name(f"{name}Event") for name in subject.resource.events}
    described = f"An event of {subject.one}, by its `type`. There may be new types: skip those that you do not know."
    return {
        subject.schema_name("Event"): alternatives("type", names, described),
        subject.schema_name("EventPage"): _page(subject),
        **{names[name]: _event(subject, name, example) for name, example in examples_of(subject).items()},
    }


def example_of_page(subject: Subject) -> Json | None:
    """Return a page with the first events, or None if no example of one can be drawn."""
    events = [*examples_of(subject).values()][:_SEVERAL]
    return {subject.id: EXAMPLE_ID, "events": events, "next": "?after=2&limit=2"} if all(events) else None


def examples_of(subject: Subject) -> dict[str, Json | None]:
    """Return an example of each event, as if they had all happened in this order."""
    return {name: _example(subject, name, number) for number, name in enumerate(subject.resource.events, start=1)}


def _event(subject: Subject, name: str, example: Json | None) -> Json:
    return record(
        {
            "version": VERSION,
            "type": constant(name),
            "schemaVersion": SMALL,
            "data": sized(event_data(subject.resource, name)),
            "occurredAt": TIME,
            "actor": {"type": "string", "description": "Who sent the command"},
            "commandId": UUID,
            "correlationId": {"type": "string"},
        },
        description=subject.resource.events[name].__doc__ or "",
        **examples(example),
    )


def _page(subject: Subject) -> Json:
    events: Json = {"type": "array", "maxItems": MAX_PAGE, "items": subject.schema("Event")}
    return record({subject.id: UUID, "events": events, "next": NEXT}, "next")


def _example(subject: Subject, name: str, version: int) -> Json | None:
    """Return an example of an event, with values of the resource's examples; None if none can be drawn."""
    resource = subject.resource
    known = subject.whole if name == resource.created.__name__ else {**(subject.whole or {}), **(subject.patch or {})}
    data = members_like(resource.event_members[name], known or {})
    if data is None:
        return None
    return {
        "version": version,
        "type": name,
        "schemaVersion": schema_version(resource, name),
        "data": data,
        "occurredAt": EXAMPLE_TIME,
        "actor": "arn:aws:iam::111122223333:user/ada",
        "commandId": EXAMPLE_COMMAND,
        "correlationId": EXAMPLE_CORRELATION,
    }
