"""`cars rebuild-view`: make the cars view anew from the events table."""

import time

import click

from cars.adapters.clock import utc_now
from cars.adapters.dynamodb.cars_view import DynamoDbCarsView
from cars.adapters.dynamodb.event_store import DynamoDbEventStore
from cars.adapters.dynamodb.refolding import Refolder
from cars.application.projecting import Projector
from cars.domain.root import car_root
from tools.cars.progress import bar
from tools.cars.rebuilding import Rebuild, Tally
from tools.cars.scanning import EventsTable
from tools.cars.target import Target, on_a_stack


@click.command("rebuild-view", short_help="Make the cars view anew.")
@click.option(
    "--segments",
    type=click.IntRange(1, 256),
    default=8,
    show_default=True,
    help="How many parts are read side by side.",
)
@on_a_stack
def rebuild_view(target: Target, segments: int) -> None:
    """Make the cars view anew from the events table.

    Each car is put into the view as its newest commit left it, unless the view has a newer version of it. So this runs
    while traffic goes on: no update is lost, and no deleted car comes back. It can be stopped and started again at any
    time, and does no harm where nothing was wrong.

    Use it after the view's table was lost or restored, after a change of the fold or of the view's form, and after
    records were set aside in the projector's dead-letter queue and what was wrong with them is mended.

    What the view has newer, it keeps: after the events table was restored to an earlier time, empty the view first.

    It reads the whole events table, strongly consistently, and writes each car once: on AWS, one read unit for each
    4 KB of the table, and five write units for each car that the view does not have yet.

    Ends with 1 where a car could not be put, and says which and why.
    """
    started = time.monotonic()
    tally = _rebuild(target, segments)
    seconds = time.monotonic() - started
    newer = tally.cars - tally.put - tally.faults
    click.echo(f"{tally.cars:,} cars in {seconds:.1f} s: {tally.put:,} put, {newer:,} newer in the view already.")
    if tally.faults:
        raise click.ClickException(f"{tally.faults:,} cars could not be put; see above.")


def _rebuild(target: Target, segments: int) -> Tally:
    client, stack = target.aws.dynamodb(segments), target.stack
    table = EventsTable(client, stack.events_table)
    refolder = Refolder(car_root(utc_now), DynamoDbEventStore(client, stack.events_table))
    projector = Projector(DynamoDbCarsView(client, stack.cars_view_table), refolder)
    with bar("Rebuilding", "commits", table.expected()) as progress:
        tally = Rebuild(table, projector, progress.advance, progress.say).run(segments)
        progress.complete()
    return tally
