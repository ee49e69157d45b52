"""An aggregate's life as the events table has it, commit by commit, with all that is wrong with it."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate
from typing import TypeAlias

from tools.ops.scanning import Item, next_version, version
from tools.ops.verify.differing import differences
from trigger_pattern.application.clock import write_time
from trigger_pattern.application.commits import DecodedCommit, PublishedEvent, StoredCommit, events_of
from trigger_pattern.aws.dynamodb.commit_item import CorruptItem, decode, is_of_this_fold, read_stored
from trigger_pattern.definition.life import NotCreated, Root, State, root_of
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import CorruptEvent, UnknownEvent, write_state

NOT_REGISTERED = NotCreated()

States: TypeAlias = tuple[State | None, ...]


@dataclass(frozen=True)
class Fault:
    """What is wrong with an aggregate, and at which of its versions."""

    aggregate_id: str
    version: int
    fault: str


@dataclass(frozen=True)
class Chapter:
    """One commit, None where it cannot be read, and what is wrong with it; `version` is that of its first event.

    `events` are as they are published. `states` are those before the first and after each; None where nobody knows.
    `is_known` is whether this code knows every event, `compared` whether the state that the commit carries was compared
    with that of the fold, `other_fold` whether another fold made it.
    """

    version: int
    last_version: int
    commit: StoredCommit | None = None
    events: tuple[PublishedEvent, ...] = ()
    states: States = (None,)
    faults: tuple[Fault, ...] = ()
    is_known: bool = False
    compared: bool = False
    other_fold: bool = False


@dataclass
class Life:
    """Follows an aggregate's commits, oldest first.

    `version` is that of the newest event so far, and `state` the aggregate after it. Nobody knows the state after what
    is missing or cannot be read, until a commit tells its own. `due` is the version with which the next commit begins;
    nobody knows it after a commit without a list of events.
    """

    resource: AnyResource
    aggregate_id: str
    version: int = 0
    due: int | None = 1
    state: State | None = NOT_REGISTERED
    occurred_at: datetime | None = None

    def follow(self, item: Item) -> Chapter:
        """Read the next commit."""
        begins = version(item)
        faults = self._gap(begins)
        if faults:
            self.state = None
        self.version = max(self.version, next_version(item) - 1)
        self.due = self.version + 1 if item.get("events", {}).get("L") else None
        try:
            stored = read_stored(self.resource, item)
            events = events_of(self.resource, stored)
        except (CorruptItem, CorruptEvent) as reason:
            return self._unreadable(Chapter(begins, self.version), faults, reason)
        chapter = Chapter(
            begins, stored.last_version, stored, events, other_fold=not is_of_this_fold(self.resource, stored)
        )
        try:
            return self._apply(chapter, decode(self.resource, stored), faults)
        except UnknownEvent as newer:
            self.occurred_at = stored.occurred_at
            return self._unreadable(replace(chapter, states=(None,) * (len(events) + 1)), faults, newer)

    def _unreadable(self, chapter: Chapter, faults: list[Fault], reason: Exception) -> Chapter:
        self.state = None
        unreadable = self._fault(chapter.version, f"{type(reason).__name__}: {reason}")
        return replace(chapter, faults=(*faults, unreadable))

    def _gap(self, begins: int) -> list[Fault]:
        if self.due is None or begins == self.due:
            return []
        if begins < self.due:
            return [self._fault(begins, "the commit before has this version already")]
        last = begins - 1
        missing = f"versions {self.due} to {last} are missing" if last > self.due else f"version {last} is missing"
        return [self._fault(self.due, missing)]

    def _apply(self, chapter: Chapter, commit: DecodedCommit, faults: list[Fault]) -> Chapter:
        faults = [*faults, *self._back_in_time(commit)]
        states, impossible = _fold(root_of(self.resource), self.state, commit)
        faults += [self._fault(commit.version, impossible)] if impossible else []
        if commit.state is None and not chapter.other_fold:
            faults += [self._fault(commit.version, "its state cannot be read")]
        folded, compared = states[-1], False
        if folded is None:
            states = (*states[:-1], commit.state)
        elif commit.state is not None:
            compared = True
            faults += self._wrong_state(commit, commit.state, folded)
        self.state, self.occurred_at = states[-1], commit.occurred_at
        return replace(chapter, states=states, faults=tuple(faults), is_known=True, compared=compared)

    def _back_in_time(self, commit: DecodedCommit) -> list[Fault]:
        if self.occurred_at is None or commit.occurred_at >= self.occurred_at:
            return []
        back = f"occurredAt goes back, from {write_time(self.occurred_at)} to {write_time(commit.occurred_at)}"
        return [self._fault(commit.version, back)]

    def _wrong_state(self, commit: DecodedCommit, inline: State, folded: State) -> list[Fault]:
        if inline == folded:
            return []
        how = differences(write_state(self.resource, inline), write_state(self.resource, folded))
        return [self._fault(commit.version, f"its state is not the fold of the events: {how}")]

    def _fault(self, at: int, text: str) -> Fault:
        return Fault(self.aggregate_id, at, text)


def _fold(root: Root, before: State | None, commit: DecodedCommit) -> tuple[States, str]:
    """Return the states before and after each event, or why they cannot have happened."""
    unknown: States = (before, *[None] * len(commit.events))
    if before is None:
        return unknown, ""
    try:
        states: tuple[State, ...] = tuple(accumulate(commit.events, root.apply, initial=before))
    except ValueError as impossible:
        return unknown, str(impossible)
    return states, ""
