"""Work through a dead-letter queue, car by car, and show what is in it."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import click

from cars.adapters.clock import write_time
from tools.cars.dlq.dead_letters import DeadLetter, DeadLetterQueue, described
from tools.cars.dlq.redriving import Left, Redrive, by_car

SHOWN = 400
"""Characters of a message that a person is shown; `--json` has them all."""


@dataclass
class Work:
    """Does something with each car's letters, and deletes them. `left` says why what cannot be done is left.

    What comes back to the queue after it began is not done again.
    """

    queue: DeadLetterQueue
    wanted: Collection[str]
    do: Redrive
    began: datetime
    dry_run: bool = field(kw_only=True)
    done: int = 0
    left: dict[str, str] = field(default_factory=dict[str, str])

    def through(self) -> None:
        """Pass through the queue as long as that brings something: a FIFO queue gives more of a car after each pass."""
        while self._one_pass() and not self.dry_run:
            pass

    def _one_pass(self) -> bool:
        before = self.done
        with self.queue.held() as letters:
            for of_car in by_car(filter(self._is_due, letters)):
                self._car(of_car)
        return self.done > before

    def _is_due(self, letter: DeadLetter) -> bool:
        wanted = not self.wanted or letter.message_id in self.wanted
        return wanted and letter.since <= self.began and letter.message_id not in self.left

    def _car(self, letters: Sequence[DeadLetter]) -> None:
        left = self.do(letters)
        done = [letter for letter in letters if letter.message_id not in left]
        for letter in [] if self.dry_run else done:
            self.queue.delete(letter)
        self.done += len(done)
        self.left |= left


def print_letters(letters: Sequence[DeadLetter], count: int) -> None:
    """Print letters as a person reads them, and how many of `count` are not among them."""
    for letter in letters:
        click.echo(f"{letter.message_id}  since {write_time(letter.since)}")
        click.echo(f"  why   {letter.reason}")
        click.echo(f"  what  {letter.body[:SHOWN]}{'…' * (len(letter.body) > SHOWN)}\n")
    more = count - len(letters)
    behind = f", and {more:,} behind them" if more > 0 else ""
    click.echo(f"{len(letters):,} message{'s' * (len(letters) != 1)}{behind}.")


def print_lines(letters: Sequence[DeadLetter]) -> Left:
    """Print letters as JSON, one a line. None is left."""
    for letter in letters:
        click.echo(json.dumps(described(letter)))
    return {}
