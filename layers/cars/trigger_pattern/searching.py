"""Find the commit of a command in an aggregate's history, without reading all of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import takewhile

from trigger_pattern.aggregate import Event, State
from trigger_pattern.event_store import Commit

CLOCKS = timedelta(minutes=30)
"""By less than this the clocks of two senders differ.

AWS denies requests whose signature is from more than five to fifteen minutes before or after its own time, as each
service has it, so nobody whose clock is wronger than that can send or write anything. ("AWS Signature Version 4 for API
requests", https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-signing.html, says five; DynamoDB has answered
with fifteen, aws-sdk-js issue 2565. boto3 corrects no clock: its issue 1252.)
"""


def find_commit(
    newest_first: Iterable[Commit[State, Event]], command_id: str, issued_at: datetime
) -> Commit[State, Event] | None:
    """Search from the newest commit back, as far as there can be commits of commands issued at that time or later."""
    young = takewhile(lambda commit: issued_at - commit.occurred_at <= CLOCKS, newest_first)
    return next((commit for commit in young if commit.command_id == command_id), None)
