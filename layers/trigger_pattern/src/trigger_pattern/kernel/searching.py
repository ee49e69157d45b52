"""Find a commit in an aggregate's history without reading all of it: both of a commit's times only grow."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import chain, takewhile

from trigger_pattern.kernel.aggregate import Event, State
from trigger_pattern.kernel.event_store import EventStore, Recorded

CLOCK_SKEW = timedelta(seconds=30)
"""The largest difference between two senders' clocks; longer than a sender's retries take."""

WIDEST_CLOCK_SKEW = timedelta(minutes=30)
"""An upper bound of the difference between any two clocks whose requests AWS accepts.

AWS denies requests whose signature is more than five to fifteen minutes before or after its own time; the limit depends
on the service. ("AWS Signature Version 4 for API requests",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-signing.html, says five; DynamoDB has answered with
fifteen, aws-sdk-js issue 2565. boto3 corrects no clock: its issue 1252.)
"""


def find_commit(
    store: EventStore[State, Event],
    head: Recorded,
    command_id: str,
    issued_at: datetime,
    sent_at: datetime | None = None,
) -> Recorded | None:
    """Return the commit of a command that was issued at a time, None if there is none; `head` is the newest commit.

    `sent_at` is when a message of it was put on its queue, if known: its sender may have claimed any time.
    Once a command issued more than CLOCK_SKEW later was applied, this one is superseded; and it was not applied before
    it was issued. So of a long history, only the commits between these two times are read, newest first.
    """
    last = newest_where(store, head, lambda commit: commit.issued_at - issued_at <= CLOCK_SKEW)
    if last is None:
        return None
    candidates = chain([last], store.recorded(head.aggregate_id, last.version - 1))
    begin = min(issued_at, sent_at or issued_at)
    young = takewhile(lambda commit: begin - commit.occurred_at <= WIDEST_CLOCK_SKEW, candidates)
    return next((commit for commit in young if commit.command_id == command_id), None)


def newest_where(store: EventStore[State, Event], head: Recorded, holds: Callable[[Recorded], bool]) -> Recorded | None:
    """Return the newest commit for which a condition holds that also holds for all older ones; None if it never holds.

    A binary search: of 10,000 commits it reads at most 14, and none if the condition holds for the head.
    """
    if holds(head):
        return head
    found, low, high = None, 0, head.version - 1
    while low < high:
        commit = next(store.recorded(head.aggregate_id, (low + high + 1) // 2))
        if holds(commit):
            found, low = commit, commit.last_version
        else:
            high = commit.version - 1
    return found
