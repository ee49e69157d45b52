"""`ops … rebuild-view`: rebuild the view from the events table."""

import json
import time
from dataclasses import asdict

import click

from tools.ops.operation import operation
from tools.ops.options import DRY_RUN, JSON, SEGMENTS
from tools.ops.progress import bar
from tools.ops.rebuild_view.rebuilding import Rebuild, Tally
from tools.ops.rebuild_view.snapshots import DynamoDbSnapshots, UntouchedSnapshots
from tools.ops.scanning import EventsTable
from tools.ops.target import Target
from tools.ops.telling import counted, counted_of
from trigger_pattern.application.projecting import Projector, Viewed
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.refolding import Refolder
from trigger_pattern.aws.dynamodb.view import DynamoDbView
from trigger_pattern.definition.life import root_of


@operation("rebuild-view", "Rebuild the view of $plural.", SEGMENTS, DRY_RUN, JSON)
def rebuild_view(target: Target, segments: int, *, dry_run: bool, as_json: bool) -> None:
    """Rebuild the view of $plural from the events table.

    Each $name is put into the view as its newest commit left it, unless the view has a newer version of it. So this
    runs while traffic goes on: no update is lost, and no deleted $name comes back. It can be stopped and started again
    at any time, and does no harm where nothing was wrong.

    Use it after the view's table was lost or restored, after a change of the fold or of the view's form, and after
    records were set aside in the projector's dead-letter queue and what was wrong with them is mended.

    After a change of the fold it also renews the snapshots: in each $name's newest commit, it replaces the state that
    an older fold made. Until then, every reading of such $a_name folds its history. Events are never touched, nor is
    what a newer fold made. This needs the right dynamodb:UpdateItem on the events table.

    What the view has newer, it keeps: after the events table was restored to an earlier time, empty the view first.

    It reads the whole events table, strongly consistently, and writes each $name once: on AWS, one read unit for
    each 4 KB of the table, five write units for each $name that the view does not have yet, and one for each snapshot.

    Ends with 1 where $a_name could not be put, and says which and why.
    """
    started = time.monotonic()
    tally = _rebuild(target, segments, dry_run=dry_run)
    read, seconds = counted_of(target.resource, tally.aggregates), round(time.monotonic() - started, 1)
    if as_json:
        counts = asdict(tally)
        found = {target.resource.plural_name: counts.pop("aggregates"), **counts}
        click.echo(json.dumps({**found, "seconds": seconds, "dryRun": dry_run}))
    elif dry_run:
        could_not = f"{tally.faults:,} could not be"
        click.echo(f"{read} read in {seconds} s, and nothing was put: {could_not}.")
    else:
        newer = tally.aggregates - tally.put - tally.faults
        done = f"{tally.put:,} put, {newer:,} newer in the view already, {counted(tally.renewed, 'snapshot')} renewed"
        click.echo(f"{read} in {seconds} s: {done}.")
    if tally.faults:
        raise click.ClickException(f"{counted_of(target.resource, tally.faults)} could not be put; see above.")


def _rebuild(target: Target, segments: int, *, dry_run: bool) -> Tally:
    resource, client, pipeline = target.resource, target.aws.dynamodb(segments), target.pipeline
    table = EventsTable(resource, client, pipeline.events_table)
    refolder = Refolder(root_of(resource), DynamoDbEventStore(resource, client, pipeline.events_table))
    view = UntouchedView() if dry_run else DynamoDbView(resource, client, pipeline.view_table)
    snapshots = UntouchedSnapshots() if dry_run else DynamoDbSnapshots(resource, client, pipeline.events_table)
    with bar("Rebuilding", "commits", table.expected()) as progress:
        tally = Rebuild(table, Projector(view, refolder), snapshots, progress.advance, progress.say).run(segments)
        progress.complete()
    return tally


class UntouchedView:
    """Implements the port `View` for a dry run: takes everything, and keeps nothing."""

    def put(self, viewed: Viewed) -> bool:  # noqa: ARG002 - the port's
        """Take what is put."""
        return True
