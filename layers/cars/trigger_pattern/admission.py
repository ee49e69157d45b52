"""Whether a command may reach the domain at all: what makes its effect happen once, and in order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from trigger_pattern.aggregate import Event, State
from trigger_pattern.command import Command, Delivery, Request
from trigger_pattern.refusal import Refused
from trigger_pattern.rehydration import Rehydrated


@dataclass(frozen=True)
class Duplicate:
    """A delivery of a command that was dealt with before: nothing to do."""


def may_be_known(command: Command[Request], delivery: Delivery, margin: timedelta) -> bool:
    """Say whether a command may have been dealt with before, in this message or in another one.

    Not where this is the first delivery of the only message that there can be of it. Then nobody needs to look.
    """
    return delivery.again or command.keyed or _came_back(command, delivery, margin)


def turn_away(
    command: Command[Request], delivery: Delivery, current: Rehydrated[State, Event], margin: timedelta
) -> Duplicate | Refused | None:
    """Decide, in this order, whether a command is a duplicate, superseded, or based on a stale version.

    Without the first, a late second delivery of PUT A, after PUT B, would be compared with B and would revert it;
    without the second, so would a command that comes back as a new message (from a dead-letter queue, or re-sent).
    `margin` is how far the clocks of two senders may be apart, and longer than a sender's retries: a message sent later
    than that after its command was issued has come back, and must be newer than the last command.
    None means that the command may go on to the domain.
    """
    if current.head:
        last = current.head
        here, there = delivery.position, last.position
        seen = here.queue == there.queue and here.sequence <= there.sequence
        if seen or command.command_id == last.command_id:
            return Duplicate()
        age = last.issued_at - command.issued_at
        if age >= timedelta() if _came_back(command, delivery, margin) else age > margin:
            return Refused.because("superseded", f"A command issued later was applied as version {current.version}.")
    if command.expected_version not in (None, current.version):
        return Refused.because(
            "version-conflict",
            f"Version {command.expected_version} was expected, but the current version is {current.version}.",
        )
    return None


def believed(issued_at: datetime, now: datetime, margin: timedelta) -> datetime:
    """Give when a command was issued, as far as that can be believed.

    A clock that is further ahead than clocks may be apart has gone wrong, and must not lock out every later command.
    """
    return issued_at if issued_at - now <= margin else now


def _came_back(command: Command[Request], delivery: Delivery, margin: timedelta) -> bool:
    return delivery.sent_at - command.issued_at > margin
