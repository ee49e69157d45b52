"""`ops … dlq`: list, show, redrive and drop dead letters."""

import json
from collections.abc import Callable

import click

from tools.ops.dlq.letter import described
from tools.ops.dlq.queues import QUEUES, TOGETHER, queue_of, redrive_of
from tools.ops.dlq.showing import and_unseen, print_left, print_letters, print_lines
from tools.ops.dlq.work import Work
from tools.ops.operation import argument, operation, option, worded
from tools.ops.options import DRY_RUN, JSON
from tools.ops.target import Target
from trigger_pattern.definition.resource import AnyResource

LOOK = 30
"""Seconds for which what is shown is invisible to others, where this process is killed."""
MOST = 1_000
"""How many messages are shown: no more than can be had well within LOOK."""

BACK_WITHIN = 5
"""Seconds in which a command that was redriven in vain is back: the handler may have to start first."""

_QUEUE = argument("queue", type=click.Choice(QUEUES))
_MESSAGES = option("--message", "messages", multiple=True, metavar="ID", help="Only this one; may be repeated.")


def dlq(resource: AnyResource) -> click.Group:
    """List, show, redrive and drop dead letters.

    \b
    commands   messages that are no command, or that failed at their last delivery
    broadcast  events that could not be published: {$id, version, reason}
    projector  commits that could not be put into the view: {$id, version, reason}
    """  # noqa: D301 - click's mark for text that is laid out by hand
    help_text = worded(resource, dlq.__doc__ or "")
    group = click.Group("dlq", help=help_text, short_help="List, show, redrive and drop dead letters.")
    for made in (list_queues, show, redrive, drop):
        group.add_command(made(resource))
    return group


@operation("list", "Count the messages of each queue.", JSON)
def list_queues(target: Target, *, as_json: bool) -> None:
    """Count the messages in each queue. The exit code is 0 for any count."""
    counts = {name: queue_of(target, name).count() for name in QUEUES}
    lines = (f"{name:<10} {count:>7,}" for name, count in counts.items())
    click.echo(json.dumps(counts) if as_json else "\n".join(lines))


@operation("show", "Each message of a queue, and why it is there.", _QUEUE, JSON)
def show(target: Target, queue: str, *, as_json: bool) -> None:
    """Show each message of a queue and why it is there.

    While they are looked at, for seconds, the messages are invisible to others. It shows the first thousand or so, and
    of $a_name in the commands' queue no more than ten.
    """
    letters = queue_of(target, queue)
    with letters.held(LOOK) as held:
        taken = held.take(MOST)
        unseen = max(0, letters.count() - len(taken))
    if as_json:
        click.echo(json.dumps([described(letter) for letter in taken], indent=2))
    else:
        print_letters(taken, unseen)


@operation("redrive", "Do again what could not be done.", _QUEUE, _MESSAGES, DRY_RUN, JSON)
def redrive(target: Target, queue: str, messages: tuple[str, ...], *, dry_run: bool, as_json: bool) -> None:
    """Do again what could not be done, now that what was wrong is mended.

    \b
    commands   are sent to their queue again, those of one $name in order. What was sent to
               it since supersedes them, so none reverts a newer one; then their outcome is `refused`.
    broadcast  the events are read back from the events table and published, those of one
               $name in order.
    projector  the $plural are put into the view as they are now.

    A message is deleted when this is done, and stays where it cannot be: ends with 1 then, and says why. A command that
    cannot be handled this time either is in the queue again within seconds: that is waited for, and does not count as
    redriven. It does not begin while somebody else looks at messages of the queue: order needs all of $a_name's
    at hand.

    Messages by which Lambda says that it gave up name no $name: for these, `replay --topic --since` the time that they
    tell, or `rebuild-view`, does it; then drop them.
    """  # noqa: D301 - as above
    redrive_it = redrive_of(target, queue, dry_run=dry_run)
    work = Work(
        queue_of(target, queue), messages, redrive_it, together=TOGETHER[queue], dry_run=dry_run,
        back_within=BACK_WITHIN,
    )  # fmt: skip

    def tell() -> None:
        if as_json:
            told = {"redriven": len(work.done), "backAtOnce": len(work.back), "left": work.left, "unseen": work.unseen}
            click.echo(json.dumps({**told, "dryRun": dry_run}))
        else:
            print_left(work.left)
            redriven = f"{len(work.done):,} {'would be ' * dry_run}redriven"
            back = f" ({len(work.back):,} of them back at once)" if work.back else ""
            click.echo(f"{redriven}, {len(work.left):,} left{back}{and_unseen(work.unseen)}.")

    _go(work, tell)


@operation(
    "drop", "Delete messages for good.", _QUEUE, _MESSAGES,
    option("--all", "everything", is_flag=True, help="Every message."),
    option("--yes", is_flag=True, help="Do not ask."), DRY_RUN,
)  # fmt: skip
def drop(target: Target, queue: str, messages: tuple[str, ...], *, everything: bool, yes: bool, dry_run: bool) -> None:
    """Delete messages for good, and print each as JSON, one a line: keep that, and nothing is lost.

    The events that a message of `broadcast` or `projector` stands for stay in the events table. Ends with 1, and says
    why, where a message is left; it does not begin while somebody else looks at messages of the queue.
    """
    if everything == bool(messages):
        raise click.UsageError("Say which: either --message ID or --all.")
    if not (yes or dry_run):
        click.confirm(f"Delete {'every message' if everything else len(messages)} of {queue}?", abort=True, err=True)
    work = Work(queue_of(target, queue), messages, print_lines, together=1, dry_run=dry_run)

    def tell() -> None:
        print_left(work.left)
        click.echo(f"{len(work.done):,} {'would be ' * dry_run}dropped{and_unseen(work.unseen)}.", err=True)

    _go(work, tell)


def _go(work: Work, tell: Callable[[], None]) -> None:
    """Work, and tell how far it came, also where it is broken off; end with 1 where something is left."""
    try:
        work.through()
    except BaseException:
        if work.done or work.left:
            tell()
        raise
    tell()
    if work.left:
        raise click.exceptions.Exit(1)
