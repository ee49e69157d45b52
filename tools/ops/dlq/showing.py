"""Letters as they are printed."""

import json
from collections.abc import Sequence

import click

from tools.ops.dlq.letter import DeadLetter, described
from tools.ops.dlq.redriving import Left
from tools.ops.telling import counted, printable
from trigger_pattern.application.clock import write_time

SHOWN = 400
"""Characters of a message that a person is shown; `--json` has them all."""


def print_letters(letters: Sequence[DeadLetter], unseen: int) -> None:
    """Print letters as a person reads them, and how many cannot be seen."""
    for letter in letters:
        click.echo(f"{letter.message_id}  since {write_time(letter.since)}")
        click.echo(f"  why   {printable(letter.reason)}")
        click.echo(f"  what  {printable(letter.body[:SHOWN])}{'…' * (len(letter.body) > SHOWN)}\n")
    click.echo(f"{counted(len(letters), 'message')}{and_unseen(unseen)}.")


def print_lines(letters: Sequence[DeadLetter]) -> Left:
    """Print letters as JSON, one a line. None is left."""
    for letter in letters:
        click.echo(json.dumps(described(letter)))
    return {}


def print_left(left: Left) -> None:
    """Print why letters are left."""
    for message_id, reason in left.items():
        click.echo(f"{printable(message_id)}: {printable(reason)}", err=True)


def and_unseen(count: int) -> str:
    """Return how many more letters there are than can be seen now, if any."""
    return f", and about {count:,} that cannot be seen now: behind these, or held by somebody else" if count else ""
