"""Whether a command may reach the domain at all: what makes its effect happen once, and in order."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Generic, Protocol

from trigger_pattern.kernel.aggregate import Event, State
from trigger_pattern.kernel.command import Command, Delivery, Request
from trigger_pattern.kernel.event_store import Commit, EventStore
from trigger_pattern.kernel.refusal import Refusal, Refused
from trigger_pattern.kernel.searching import CLOCK_SKEW, WIDEST_CLOCK_SKEW, find_commit


@dataclass(frozen=True)
class Duplicate:
    """A delivery of a command that was processed before: nothing to do."""


@dataclass(frozen=True)
class Untraced:
    """The queue has delivered later commands already, but there is neither a commit nor an outcome of this one.

    So it was never processed, and the queue's numbers have started anew.
    """


class Outcomes(Protocol):
    """What is recorded of commands that left no commit. Faults of the infrastructure are raised."""

    def has_decided(self, command_id: str) -> bool:
        """Return whether a command was refused or changed nothing. One that failed may still be redriven."""
        ...

    def has_any(self, command_id: str) -> bool:
        """Return whether anything is recorded of a command."""
        ...


class _Seen(Enum):
    """Whether a command was processed before, as far as its message and the newest commit tell."""

    BEFORE = "it, or a later one of its queue, was applied"
    NEVER = "it has one message, delivered for the first time, behind all others that were applied"
    PERHAPS = "it was delivered before, has more messages, or another queue's commands were applied"


@dataclass(frozen=True)
class Processed(Generic[State, Event]):
    """Finds out whether a command was processed before, by this message or by another one."""

    store: EventStore[State, Event]
    outcomes: Outcomes

    def look(
        self, command: Command[Request], delivery: Delivery, head: Commit[State, Event] | None
    ) -> Duplicate | Untraced | None:
        """Return None if the command is new; this reads nothing at the first delivery of its only message.

        Without this, a second delivery of PUT A, after PUT B, would be compared with B and would revert it, and what
        was refused could take effect once the aggregate has changed. `head` is the aggregate's newest commit.
        """
        seen = _seen(command, delivery, head)
        if seen is _Seen.NEVER:
            return None
        if head and find_commit(self.store, head, command.command_id, command.issued_at, delivery.sent_at):
            return Duplicate()
        if seen is _Seen.BEFORE:
            return Duplicate() if self.outcomes.has_any(command.command_id) else Untraced()
        return Duplicate() if self.outcomes.has_decided(command.command_id) else None


def turned_away(command: Command[Request], delivery: Delivery, head: Commit[State, Event] | None) -> Refused | None:
    """Return why a command must not be applied any more: it is superseded, or based on a version that is not current.

    A command is superseded if one issued later was applied: by more than CLOCK_SKEW, or at all if it came back, as a
    new message or from another queue than the last one. Otherwise a command that is redriven would revert a newer one.
    """
    version = head.last_version if head else 0
    if head and head.issued_at - command.issued_at > _tolerance(command, delivery, head):
        return Refused.because(Refusal("superseded", f"A command issued later was applied as version {version}."))
    if command.expected_version not in (None, version):
        detail = f"Version {command.expected_version} was expected, but the current version is {version}."
        return Refused.because(Refusal("version-conflict", detail))
    return None


def believed(issued_at: datetime, now: datetime) -> datetime:
    """Return when a command was issued, or `now` if its sender's clock is further ahead than clocks may be apart.

    Such a clock has gone wrong, and must not lock out every later command.
    """
    return issued_at if issued_at - now <= CLOCK_SKEW else now


def _seen(command: Command[Request], delivery: Delivery, head: Commit[State, Event] | None) -> _Seen:
    may_have_more = delivery.again or command.keyed or _came_back(command, delivery)
    if head is None:
        return _Seen.PERHAPS if may_have_more else _Seen.NEVER
    if delivery.position.queue != head.position.queue:
        return _Seen.PERHAPS
    if delivery.position.sequence <= head.position.sequence:
        return _Seen.BEFORE
    return _Seen.PERHAPS if may_have_more or _followed_another_queue(command, delivery, head) else _Seen.NEVER


def _followed_another_queue(command: Command[Request], delivery: Delivery, head: Commit[State, Event]) -> bool:
    """Return whether another queue's command was applied since this one can have been issued: it may be its copy."""
    issued_at = min(command.issued_at, delivery.sent_at)
    return head.other_queue_at is not None and issued_at - head.other_queue_at <= WIDEST_CLOCK_SKEW


def _tolerance(command: Command[Request], delivery: Delivery, head: Commit[State, Event]) -> timedelta:
    redelivered_elsewhere = delivery.again and delivery.position.queue != head.position.queue
    return -timedelta.resolution if redelivered_elsewhere or _came_back(command, delivery) else CLOCK_SKEW


def _came_back(command: Command[Request], delivery: Delivery) -> bool:
    """Return whether the message was sent longer after the command was issued than a sender's retries take."""
    return delivery.sent_at - command.issued_at > CLOCK_SKEW
