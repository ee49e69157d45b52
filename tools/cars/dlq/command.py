"""`cars dlq`: what was set aside, why, and what to do with it."""

import json

import click

from cars.adapters.clock import utc_now
from tools.cars.dlq.dead_letters import described
from tools.cars.dlq.queues import QUEUES, queue_of, redrive_of
from tools.cars.dlq.work import Work, print_letters, print_lines
from tools.cars.options import DRY_RUN, JSON
from tools.cars.target import Target, on_a_stack

_queue = click.argument("queue", type=click.Choice(QUEUES))
_messages = click.option("--message", "messages", multiple=True, metavar="ID", help="Only this one; may be repeated.")


@click.group("dlq", short_help="Look after what was set aside.")
def dlq() -> None:
    """Look after what was set aside.

    \b
    commands   what was no command, or failed at its last delivery
    broadcast  events that could not be published: {carId, version, reason}
    projector  commits that could not be put into the cars view: {carId, version, reason}
    """  # noqa: D301 - click's mark for text that is laid out by hand


@dlq.command("list", short_help="How many messages each queue has.")
@JSON
@on_a_stack
def list_queues(target: Target, *, as_json: bool) -> None:
    """Tell how many messages are in each queue; ends with 0 however many there are."""
    counts = {name: queue_of(target, name).count() for name in QUEUES}
    lines = (f"{name:<10} {count:>7,}" for name, count in counts.items())
    click.echo(json.dumps(counts) if as_json else "\n".join(lines))


@dlq.command("show", short_help="Each message of a queue, and why it is there.")
@_queue
@JSON
@on_a_stack
def show(target: Target, queue: str, *, as_json: bool) -> None:
    """Show each message of a queue and why it is there.

    While they are looked at, for seconds, the messages are invisible to others. Of a car, the commands' queue shows no
    more than its first ten.
    """
    letters = queue_of(target, queue)
    with letters.held() as held:
        if as_json:
            click.echo(json.dumps([described(letter) for letter in held], indent=2))
        else:
            print_letters(held, letters.count())


@dlq.command("redrive", short_help="Do again what could not be done.")
@_queue
@_messages
@DRY_RUN
@JSON
@on_a_stack
def redrive(target: Target, queue: str, messages: tuple[str, ...], *, dry_run: bool, as_json: bool) -> None:
    """Do again what could not be done, now that what was wrong is mended.

    \b
    commands   are sent to their queue again, a car's in order. What was sent to the car since
               supersedes them, so none reverts a newer one; then their outcome is `refused`.
    broadcast  the events are read back from the events table and published, a car's in order.
    projector  the cars are put into the view as they are now.

    A message is deleted when this is done, and stays where it cannot be: ends with 1 then, and says why. Messages by
    which Lambda says that it gave up name no car: for these, `cars replay --topic --since` the time that they tell, or
    `cars rebuild-view`, does it; then drop them.
    """  # noqa: D301 - as above
    work = Work(
        queue_of(target, queue), messages, redrive_of(target, queue, dry_run=dry_run), utc_now(), dry_run=dry_run
    )
    work.through()
    if as_json:
        click.echo(json.dumps({"redriven": work.done, "left": work.left, "dryRun": dry_run}))
    else:
        for message_id, reason in work.left.items():
            click.echo(f"{message_id}: {reason}", err=True)
        click.echo(f"{work.done:,} {'would be ' if dry_run else ''}redriven, {len(work.left):,} left.")
    if work.left:
        raise click.exceptions.Exit(1)


@dlq.command("drop", short_help="Delete messages for good.")
@_queue
@_messages
@click.option("--all", "everything", is_flag=True, help="Every message.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@DRY_RUN
@on_a_stack
def drop(target: Target, queue: str, messages: tuple[str, ...], *, everything: bool, yes: bool, dry_run: bool) -> None:
    """Delete messages for good, and print each as JSON, one a line: keep that, and nothing is lost.

    The events that a message of `broadcast` or `projector` stands for stay in the events table.
    """
    if everything == bool(messages):
        raise click.UsageError("Say which: either --message ID or --all.")
    if not (yes or dry_run):
        click.confirm(f"Delete {'every message' if everything else len(messages)} of {queue}?", abort=True, err=True)
    work = Work(queue_of(target, queue), messages, print_lines, utc_now(), dry_run=dry_run)
    work.through()
    click.echo(f"{work.done:,} {'would be ' if dry_run else ''}dropped.", err=True)
