"""`ops … history`: all commits of one resource."""

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
        """Return a version for a whole number, and a time for anything else."""
        text = str(value)
        if not text.isdecimal():
            return TIME.convert(text, param, ctx)
        return int(text) or self.fail("Versions begin with 1.", param, ctx)


def _id(resource: AnyResource) -> Callable[[Run], Run]:
    return click.argument("aggregate_id", type=click.UUID, metavar=resource.name.upper())


@operation(
    "history", "Show the history of $a_name.", _id,
    option(
        "--as-of",
        type=AsOfType(),
        metavar="WHEN",
        help="End there: a version, as 7, or a time, as 2026-11-01T09:00:00Z. A date is its beginning, in UTC.",
    ),
    JSON,
)  # fmt: skip
def history(target: Target, aggregate_id: UUID, as_of: AsOf, *, as_json: bool) -> None:
    """Show the history of $a_name, by its id: each commit with its time, its actor, and its events.

    Each event is shown with the values before and after it. Events under one heading are of one command. The last lines
    are the $name as it is now, or as it was before it was deleted.

    Faults are shown in their place: a commit that is corrupt or written by newer code, missing versions, a time that
    goes back, a state that does not follow from the events. Then the exit status is 1. After a missing or unreadable
    commit, values before an event are unknown until a commit has a state.

    It reads the events table, strongly consistently, and nothing but this $name.
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
