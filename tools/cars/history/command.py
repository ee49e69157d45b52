"""`cars history`: the life of one car."""

import json
from collections.abc import Iterator
from uuid import UUID

import click

from tools.cars.history.biography import AsOf, biography
from tools.cars.history.narrating import document, lines
from tools.cars.options import JSON, TIME
from tools.cars.scanning import EventsTable, Item
from tools.cars.target import RESOURCE, Target, on_a_stack


class AsOfType(click.ParamType[AsOf]):
    """A version or a time."""

    name = "version or time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> AsOf:
        """Take a whole number for a version, and all else for a time."""
        text = str(value)
        if not text.isdecimal():
            return TIME.convert(text, param, ctx)
        return int(text) or self.fail("Versions begin with 1.", param, ctx)


@click.command("history", short_help="Tell the life of a car.")
@click.argument("car", type=click.UUID, metavar=RESOURCE.name.upper())
@click.option(
    "--as-of",
    type=AsOfType(),
    metavar="WHEN",
    help="End there: a version, as 7, or a time, as 2026-11-01T09:00:00Z. A date is its beginning, in UTC.",
)
@JSON
@on_a_stack
def history(target: Target, car: UUID, as_of: AsOf, *, as_json: bool) -> None:
    """Tell the life of a CAR, given by its id.

    Commit by commit: when, by whom, and each event with what was before and after it. The events under one heading came
    from one command, and so hold together. At the end stands the car as it then is, or last was before it was deleted.

    A commit that cannot be read, because it is corrupt or newer code wrote it, is named where it stands, and so are
    versions that are missing, a time that goes back, and a state that is not what the events fold to; then this ends
    with 1. After what is missing or cannot be read nobody knows what was before an event, until a commit tells its
    state.

    It reads the events table alone, strongly consistently, and nothing but this car.
    """
    told = biography(target.resource, str(car), _items(target, str(car)), as_of)
    if not told.parts:
        raise click.ClickException(_never(target, str(car), as_of))
    if isinstance(as_of, int) and told.version < as_of:
        raise click.ClickException(
            f"The {target.resource.name} {car} has no version {as_of} yet; its newest is {told.version}."
        )
    click.echo(json.dumps(document(told), indent=2) if as_json else "\n".join(lines(told)))
    if told.faults:
        raise click.exceptions.Exit(1)


def _items(target: Target, car_id: str) -> Iterator[Item]:
    events = EventsTable(target.resource, target.aws.dynamodb(), target.stack.events_table)
    return (item for page in events.car(car_id) for item in page.items)


def _never(target: Target, car_id: str, as_of: AsOf) -> str:
    if as_of is not None and next(_items(target, car_id), None):
        return f"The {target.resource.name} {car_id} was not registered yet then."
    return f"There never was {target.resource.article} {target.resource.name} {car_id} in {target.stack.events_table}."
