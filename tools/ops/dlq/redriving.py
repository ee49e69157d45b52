"""Do what could not be done with a dead letter, once what was wrong is mended."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from tools.ops.dlq.letter import DeadLetter

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient


Left: TypeAlias = dict[str, str]
"""Why letters stay where they are, by their message ids."""


Redrive: TypeAlias = Callable[[Sequence[DeadLetter]], Left]
"""Does what could not be done with the letters of one aggregate, as they came. Raises AWS's faults."""


def by_aggregate(letters: Iterable[DeadLetter]) -> list[list[DeadLetter]]:
    """Return the dead letters of each aggregate, in the queue's order if it has one."""
    letters_of: dict[str, list[DeadLetter]] = {}
    for letter in letters:
        letters_of.setdefault(letter.group or letter.aggregate_id or letter.message_id, []).append(letter)
    return list(letters_of.values())


@dataclass(frozen=True)
class ToCommandQueue:
    """Sends commands to the queue again, as they are. What came later to their aggregate supersedes them."""

    client: "SQSClient"
    url: str

    def __call__(self, letters: Sequence[DeadLetter]) -> Left:
        """Send each, deduplicated by the letter for SQS's five minutes: a redrive that was broken off sends none twice.

        After that the handler knows a command that it has handled by the command's id.
        """
        for letter in letters:
            self.client.send_message(
                QueueUrl=self.url,
                MessageBody=letter.body,
                MessageGroupId=letter.group,
                MessageDeduplicationId=f"redrive-{letter.message_id}",
            )
        return {}
