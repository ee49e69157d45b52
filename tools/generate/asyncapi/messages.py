"""The messages of a resource: one for each type of event, with an example as the broadcaster publishes it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tools.generate.asyncapi.schemas import Schemas
from tools.generate.commits import Cause, commit_of
from tools.project import STACK
from trigger_pattern.application.commits import PublishedEvent, StoredCommit
from trigger_pattern.application.ids import new_id
from trigger_pattern.aws.messaging.event_message import EventMessage, event_message
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import StoredEvent
from trigger_pattern_authoring.openapi.examples import EXAMPLE_ID
from trigger_pattern_authoring.openapi.schemas import Json

_BEGIN: Final = datetime(2026, 11, 23, 6, 34, 58, 402_000, UTC)
_REPLAY: Final = "new-subscriber-2026-12-01"


def messages_of(
    resource: AnyResource, examples: Sequence[StoredEvent], texts: Mapping[str, Any], schemas: Schemas
) -> dict[str, Json]:
    """Return the messages by the names of their events. The examples are one life, with one event of each type."""
    filters = {name: str(examples[0]["data"][name]) for name in resource.filters}
    summaries = {resource.created.__name__: texts["first"], resource.deleted.__name__: texts["last"]}
    return {
        event["type"]: {
            "name": resource.event_type(event["type"]),
            "title": (resource.events[event["type"]].__doc__ or event["type"]).partition("\n")[0].removesuffix("."),
            "summary": summaries.get(event["type"], texts["between"]),
            **texts["message"],
            "headers": schemas.attributes(),
            "payload": schemas.payload(event),
            "examples": list(_examples(resource, _published(resource, version, event, filters))),
        }
        for version, event in enumerate(examples, start=1)
    }


def _published(resource: AnyResource, version: int, event: StoredEvent, filters: Mapping[str, str]) -> PublishedEvent:
    at = _BEGIN + timedelta(minutes=version)
    cause = Cause(EXAMPLE_ID, new_id(at, lambda _: version), at, f"request-{version}", version)
    commit: StoredCommit = commit_of(resource, cause, version, (event,), None)
    return PublishedEvent(commit, event, version, filters)


def _examples(resource: AnyResource, published: PublishedEvent) -> Iterator[Json]:
    source = f"{resource.source}{STACK.service}-prod"
    yield {"name": "published", **_shown(event_message(resource, published, source))}
    if published.event["type"] == resource.deleted.__name__:
        replayed = event_message(resource, published, source, _REPLAY)
        yield {"name": "replayed", "summary": "The same event, sent again by a replay", **_shown(replayed)}


def _shown(message: EventMessage) -> Json:
    """Return a message's attributes and body as JSON has them."""
    texts = {name: (each["DataType"], each.get("StringValue", "")) for name, each in message.attributes.items()}
    headers = {name: int(text) if kind == "Number" else text for name, (kind, text) in texts.items()}
    return {"headers": headers, "payload": json.loads(message.body)}
