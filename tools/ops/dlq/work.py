"""Work through a dead-letter queue, aggregate by aggregate."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import click

from tools.ops.dlq.dead_letters import DeadLetterQueue
from tools.ops.dlq.held import Held
from tools.ops.dlq.letter import DeadLetter
from tools.ops.dlq.redriving import Left, Redrive, by_aggregate

HOLD = 900
"""Seconds for which letters are held at a time: for so long others do not see them after this process was killed."""

SECOND = timedelta(seconds=1)
"""How exact the time is at which the work began."""

SINCE = "it came after this began"
CAME_BACK = "done again, and came back"
BROKEN_OFF = "broken off here: it may be done already"
NOT_MET = "not found: it is not in the queue, or stands behind others of its group"


@dataclass
class Work:
    """Does something with each aggregate's letters, and deletes them. `left` says why what cannot be done is left.

    What was in the queue again when the work ended counts as left and not as done; `back` has its new ids.

    `together` letters are taken before the first of them is done: where the queue keeps no order, as many as there are.
    What comes back to the queue after it began is not done again.
    """

    queue: DeadLetterQueue
    wanted: Collection[str]
    do: Redrive
    together: int = field(kw_only=True)
    dry_run: bool = field(kw_only=True)
    back_within: int = field(default=0, kw_only=True)
    """For how many seconds to look again, at the end, for what comes back."""
    done: set[str] = field(default_factory=set[str])
    left: Left = field(default_factory=dict[str, str])
    back: set[str] = field(default_factory=set[str])
    sent: dict[tuple[str, str], list[str]] = field(default_factory=dict[tuple[str, str], list[str]])
    """The ids of what was done, by group and body: what cannot be handled comes back byte for byte, with a new id."""
    unseen: int = 0
    """How many a dry run could not see, because they stand behind others."""

    def through(self) -> None:
        """Work until there is no more. Raises click's exception where others hold letters, and AWS's faults."""
        began = self.queue.now()
        self._refuse_company(0)
        with self.queue.held(HOLD) as held:
            taken = held.take(self.together)
            self._refuse_company(len(held.letters))
            while taken:
                for of_one in by_aggregate(self._due(taken, began)):
                    self._one(held, of_one)
                taken = held.take(self.together) or self._look_again(held)
            if self.dry_run:
                self.unseen = max(0, self.queue.count() - len(held.letters))
        met = self.done | self.left.keys()
        self.left |= {message_id: NOT_MET for message_id in self.wanted if message_id not in met}

    def _refuse_company(self, ours: int) -> None:
        """Do not begin while others hold letters: what is not seen of an aggregate would come after what is."""
        others = self.queue.hidden() - ours
        if others > 0:
            raise click.ClickException(
                f"{others:,} messages are out of sight: somebody else is looking at them, or a command was killed that"
                f" did. Try again in a minute; in {HOLD // 60} they are back at the latest."
            )

    def _look_again(self, held: Held) -> list[DeadLetter]:
        return held.take(self.together, self.back_within) if self.sent and self.back_within else []

    def _due(self, letters: Iterable[DeadLetter], began: datetime) -> Iterator[DeadLetter]:
        for letter in letters:
            if letter.since > began - SECOND and (ids := self.sent.get((letter.group, letter.body))):
                self.done.discard(ids.pop())
                self.back.add(letter.message_id)
                self.left[letter.message_id] = f"{CAME_BACK}: {letter.reason}"
            elif self.wanted and letter.message_id not in self.wanted:
                continue
            elif letter.since > began:
                self.left[letter.message_id] = SINCE
            elif letter.message_id not in self.left:
                yield letter

    def _one(self, held: Held, letters: Sequence[DeadLetter]) -> None:
        held.keep()
        before = self.left
        self.left = before | {letter.message_id: BROKEN_OFF for letter in letters}
        left = self.do(letters)
        done = [letter for letter in letters if letter.message_id not in left]
        kept = {} if self.dry_run else held.delete(done)
        self.left = before | left | {message_id: f"done, but not deleted: {why}" for message_id, why in kept.items()}
        for letter in done:
            if letter.group and not self.dry_run:
                self.sent.setdefault((letter.group, letter.body), []).append(letter.message_id)
        self.done |= {letter.message_id for letter in done} - kept.keys()
