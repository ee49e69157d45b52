"""`ops … tail`: see events as they are broadcast."""

import json
import os
import select
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from tools.ops.operation import id_option, operation, option, types_option
from tools.ops.options import filter_options, filters_in
from tools.ops.target import Target
from tools.ops.telling import in_words, printable
from tools.subscriber import Received, Subscriber
from trigger_pattern.definition.resource import AnyResource

POLL = 5
"""Seconds between two looks at whether anybody still reads what is printed."""


@operation(
    "tail", "See events as they are broadcast.",
    id_option("Only this $name's events."), types_option("Only events of this type"), filter_options,
    option("--json", "as_json", is_flag=True, help="Print each event's CloudEvents envelope, as above."),
)  # fmt: skip
def tail(
    target: Target, aggregate_id: UUID | None, types: tuple[str, ...], *, as_json: bool, **filters: str | None
) -> None:
    """Show events as they are broadcast, until Ctrl-C.

    What is shown is what every subscriber gets: a queue is subscribed to the topic with the options as its filter
    policy, so that nothing else is even sent, and removed at the end. On a FIFO topic, each $name's events come in
    order. A line has the event's time, its $name, its version, its type and its data. Events of a replay are marked.

    With --json a line is the event's envelope, as it was broadcast. One of a replay has a member `replay` more, the
    replay's id. A message that is no event, as somebody may publish by hand, is shown as such: with --json as an object
    with the only member `noEvent`, its text.

    Nothing is shown of what was before this began: see `history`, or `replay` to send it again.

    It needs the rights to make and remove a queue, and to subscribe to the topic.
    """
    topic = target.pipeline.events_topic_arn
    policy = filter_policy(target.resource, aggregate_id, types, filters_in(filters))
    with suppress(KeyboardInterrupt), Subscriber(target.aws, topic, policy, fifo=target.is_fifo) as subscriber:
        click.echo(f"Events of {topic} as they are broadcast, until Ctrl-C:", err=True)
        _show(target.resource, subscriber, as_json=as_json)


def filter_policy(
    resource: AnyResource, aggregate_id: UUID | None, types: tuple[str, ...], filters: Mapping[str, str | None]
) -> dict[str, list[str]]:
    """Write the options as an SNS filter policy over message attributes."""
    given = {name: [value] for name, value in filters.items() if value}
    wanted = {resource.id: [str(aggregate_id)] if aggregate_id else [], "type": list(types), **given}
    return {name: values for name, values in wanted.items() if values}


def line(resource: AnyResource, received: Received) -> str:
    """Write an event on one line."""
    if not _is_event(resource, received.event):
        return printable(f"No event: {received.text}")
    event, replay = received.event, received.attributes.get("replay")
    told = f"{received.name:<16}  {in_words(resource, received.name, event['data'], {})}"
    mark = f"  (replay {replay})" if replay else ""
    return printable(f"{event['time']}  {event['subject']}  {event[resource.version]!s:>4}  {told}{mark}")


def document(resource: AnyResource, received: Received) -> dict[str, Any]:
    """Return an event as scripts read it: the envelope, and of a replay its id too, by the message attribute's name."""
    if not _is_event(resource, received.event):
        return {"noEvent": received.text}
    replay = received.attributes.get("replay")
    return {**received.event, "replay": replay} if replay else received.event


def _is_event(resource: AnyResource, message: dict[str, Any]) -> bool:
    """Return whether a message has what is shown of an envelope: without it, it is no event."""
    shown = {"time", "subject", resource.version, "type", "data"}
    return message.keys() >= shown and isinstance(message["data"], dict)


def _show(resource: AnyResource, subscriber: Subscriber, *, as_json: bool) -> None:
    try:
        for received in _while_read(subscriber):
            click.echo(json.dumps(document(resource, received)) if as_json else line(resource, received))
    except BrokenPipeError:
        _drop_what_is_unwritten()


def _drop_what_is_unwritten() -> None:
    """Point standard output nowhere: else Python flushes it at the end, and fails (its docs: "Note on SIGPIPE")."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _while_read(subscriber: Subscriber) -> Iterator[Received]:
    while not _reader_has_gone():
        yield from subscriber.events(POLL)


def _reader_has_gone() -> bool:
    """Return whether standard output is closed, or a pipe without a reader, as after `| head -1`."""
    if sys.stdout is None:  # as after `>&-`
        return True
    poll = select.poll()
    poll.register(sys.stdout, 0)
    return any(events & (select.POLLERR | select.POLLHUP) for _, events in poll.poll(0))
