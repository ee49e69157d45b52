"""Admission: the questions that let a command take effect once, and in order."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol

from trigger_pattern.kernel.aggregate import Event, State
from trigger_pattern.kernel.command import Command, Delivery, Request
from trigger_pattern.kernel.event_store import Commit, EventStore
from trigger_pattern.kernel.refusal import Refusal, Refused
from trigger_pattern.kernel.searching import CLOCK_SKEW, WIDEST_CLOCK_SKEW, find_commit


@dataclass(frozen=True)
class Duplicate:
    """A delivery of a command that was already processed: nothing to do."""


@dataclass(frozen=True)
class Untraced:
    """The queue has delivered later commands already, but this one left neither a commit nor an outcome.

    So it was never processed, and the queue's sequence numbers have started again.
    """


class Outcomes(Protocol):
    """The outcomes of commands that left no commit. Faults of the infrastructure are raised."""

    def has_decided(self, command_id: str) -> bool:
        """Return whether a command was refused or changed nothing. One that failed may still be redriven."""
        ...

    def has_any(self, command_id: str) -> bool:
        """Return whether a command has any outcome, a failure included."""
        ...


@dataclass(frozen=True)
class Processed(Generic[State, Event]):
    """The commands that were processed, by their traces: commits and outcomes."""

    store: EventStore[State, Event]
    outcomes: Outcomes

    def has(self, command: Command[Request], delivery: Delivery, head: Commit[State, Event] | None) -> bool:
        """Return whether a command was already processed; reads nothing if it certainly was not.

        Without this, a second delivery of PUT A, after PUT B, would be compared with B and would revert it, and a
        refused command could take effect once the aggregate has changed. `head` is the aggregate's newest commit.
        """
        if not may_have_been_processed(command, delivery, head):
            return False
        if head and find_commit(self.store, head, command.command_id, command.issued_at, delivery.sent_at):
            return True
        if is_overtaken(delivery, head):
            return self.outcomes.has_any(command.command_id)
        return self.outcomes.has_decided(command.command_id)


def may_have_been_processed(command: Command[Request], delivery: Delivery, head: Commit[State, Event] | None) -> bool:
    """Return whether a command may have been processed already.

    False for the first delivery of a command that can have only one message, so that the hot path reads nothing.
    """
    return (
        delivery.again
        or command.keyed
        or _was_sent_late(command, delivery)
        or is_overtaken(delivery, head)
        or _may_be_a_copy(command, delivery, head)
    )


def is_overtaken(delivery: Delivery, head: Commit[State, Event] | None) -> bool:
    """Return whether this message, or a later one of its queue, caused the newest commit."""
    if head is None or delivery.position.queue != head.position.queue:
        return False
    return delivery.position.sequence <= head.position.sequence


def superseded(command: Command[Request], delivery: Delivery, head: Commit[State, Event] | None) -> Refused | None:
    """Refuse a command if one that was issued later has been applied: it would revert the newer one.

    Later by more than CLOCK_SKEW; by any time if the command is redriven or re-sent, or was delivered before and now
    comes from another queue than the last one.
    """
    if head is None or head.issued_at - command.issued_at <= _clock_tolerance(command, delivery, head):
        return None
    return Refused.because(Refusal("superseded", f"A command issued later was applied as version {head.last_version}."))


def conflicting(command: Command[Request], version: int) -> Refused | None:
    """Refuse a command that expects another version than the current one."""
    if command.expected_version in (None, version):
        return None
    detail = f"Version {command.expected_version} was expected, but the current version is {version}."
    return Refused.because(Refusal("version-conflict", detail))


def believed(issued_at: datetime, now: datetime) -> datetime:
    """Return when a command was issued, or `now` if its sender's clock is ahead by more than CLOCK_SKEW.

    Such a clock is wrong, and must not lock out every later command.
    """
    return issued_at if issued_at - now <= CLOCK_SKEW else now


def _may_be_a_copy(command: Command[Request], delivery: Delivery, head: Commit[State, Event] | None) -> bool:
    """Return whether another queue's command was applied since this one can have been issued: it may be the same."""
    if head is None:
        return False
    if delivery.position.queue != head.position.queue:
        return True
    issued_at = min(command.issued_at, delivery.sent_at)
    return head.other_queue_at is not None and issued_at - head.other_queue_at <= WIDEST_CLOCK_SKEW


def _clock_tolerance(command: Command[Request], delivery: Delivery, head: Commit[State, Event]) -> timedelta:
    redelivered_elsewhere = delivery.again and delivery.position.queue != head.position.queue
    return -timedelta.resolution if redelivered_elsewhere or _was_sent_late(command, delivery) else CLOCK_SKEW


def _was_sent_late(command: Command[Request], delivery: Delivery) -> bool:
    """Return whether the message was sent later than a sender's retries explain: it was redriven or re-sent."""
    return delivery.sent_at - command.issued_at > CLOCK_SKEW
