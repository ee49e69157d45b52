"""`ops … history`: the life of one."""

import json
from collections.abc import Callable, Iterator
from uuid import UUID

import click

from tools.ops.history.biography import AsOf, biography
from tools.ops.history.narrating import document, lines
from tools.ops.operation import Run, operation, option, worded
from tools.ops.options import JSON, TIME
from tools.ops.scanning import EventsTable, Item
from tools.ops.target import Target
from trigger_pattern.definition.resource import AnyResource


class AsOfType(click.ParamType[AsOf]):
    """A version or a time."""

    name = "version or time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> AsOf:
        """Take a whole number for a version, and all else for a time."""
        text = str(value)
        if not text.isdecimal():
            return TIME.convert(text, param, ctx)
        return int(text) or self.fail("Versions begin with 1.", param, ctx)


def _id(resource: AnyResource) -> Callable[[Run], Run]:
    return click.argument("aggregate_id", type=click.UUID, metavar=resource.name.upper())


@operation(
    "history", "Tell the life of $a_name.", _id,
    option(
        "--as-of",
        type=AsOfType(),
        metavar="WHEN",
        help="End there: a version, as 7, or a time, as 2026-11-01T09:00:00Z. A date is its beginning, in UTC.",
    ),
    JSON,
)  # fmt: skip
def history(target: Target, aggregate_id: UUID, as_of: AsOf, *, as_json: bool) -> None:
    """Tell the life of $a_name, given by its id.

    Commit by commit: when, by whom, and each event with what was before and after it. The events under one heading came
    from one command, and so hold together. At the end stands the $name as it then is, or last was before it was
    deleted.

    A commit that cannot be read, because it is corrupt or newer code wrote it, is named where it stands, and so are
    versions that are missing, a time that goes back, and a state that is not what the events fold to; then this ends
    with 1. After what is missing or cannot be read nobody knows what was before an event, until a commit tells its
    state.

    It reads the events table alone, strongly consistently, and nothing but this $name.
    """
    name, one = target.resource.words_of_name, str(aggregate_id)
    told = biography(target.resource, one, _items(target, one), as_of)
    if not told.parts:
        raise click.ClickException(_never(target, one, as_of))
    if isinstance(as_of, int) and told.version < as_of:
        raise click.ClickException(f"The {name} {one} has no version {as_of} yet; its newest is {told.version}.")
    click.echo(json.dumps(document(told), indent=2) if as_json else "\n".join(lines(told)))
    if told.faults:
        raise click.exceptions.Exit(1)


def _items(target: Target, aggregate_id: str) -> Iterator[Item]:
    events = EventsTable(target.resource, target.aws.dynamodb(), target.pipeline.events_table)
    return (item for page in events.commits(aggregate_id) for item in page.items)


def _never(target: Target, aggregate_id: str, as_of: AsOf) -> str:
    if as_of is not None and next(_items(target, aggregate_id), None):
        return worded(target.resource, f"The $name {aggregate_id} was not registered yet then.")
    return worded(target.resource, f"There never was $a_name {aggregate_id} in {target.pipeline.events_table}.")
