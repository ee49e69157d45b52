"""Letters that are invisible to others while they are worked on."""

import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from tools.ops.dlq.letter import DeadLetter, read_letter
from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient

_ENDS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


@dataclass
class Held:
    """What was taken from a queue, for so many `seconds` from then or from the last `keep`, and not deleted since.

    `wait` is for how many seconds an empty queue is asked: with none, SQS asks some of its servers, and may miss a few.
    """

    resource: AnyResource
    client: "SQSClient"
    url: str
    seconds: int
    wait: int
    clock: Callable[[], float]
    letters: dict[str, DeadLetter] = field(default_factory=dict[str, DeadLetter])

    def __post_init__(self) -> None:
        self._kept_at = self.clock()

    def take(self, enough: int = 1, wait: int | None = None) -> list[DeadLetter]:
        """Receive letters until there are enough, or no more. A FIFO queue gives ten of a group at a time.

        `wait` is for how many seconds an empty queue is asked this time.
        """
        taken: dict[str, DeadLetter] = {}
        while len(taken) < enough and (some := self._receive(self.wait if wait is None else wait)):
            taken |= some
            self.keep()
        return list(taken.values())

    def keep(self) -> None:
        """Hide all for longer if a third of the time is over. Call it between the steps of long work."""
        if self.clock() - self._kept_at > self.seconds / 3:
            self._kept_at = self.clock()
            self._set_visibility(self.seconds)

    def delete(self, letters: Sequence[DeadLetter]) -> dict[str, str]:
        """Delete letters for good; return those that SQS did not delete, and why."""
        kept: dict[str, str] = {}
        for ten in _tens(letters):
            answer = self.client.delete_message_batch(
                QueueUrl=self.url,
                Entries=[{"Id": str(n), "ReceiptHandle": letter.receipt} for n, letter in enumerate(ten)],
            )
            kept |= {ten[int(entry["Id"])].message_id: entry["Code"] for entry in answer.get("Failed", [])}
            for letter in ten:
                if letter.message_id not in kept:
                    self.letters.pop(letter.message_id, None)
        return kept

    def release(self) -> None:
        """Show the letters that are left. Not interrupted; if AWS fails, SQS shows them when the time is over."""
        with undisturbed(), suppress(BotoCoreError, ClientError):
            self._set_visibility(0)

    def _receive(self, wait: int) -> dict[str, DeadLetter]:
        """Receive up to ten. Not interrupted: a lost answer would hide them until the time is over."""
        with undisturbed():
            answer = self.client.receive_message(
                QueueUrl=self.url, MaxNumberOfMessages=10, VisibilityTimeout=self.seconds, WaitTimeSeconds=wait,
                MessageAttributeNames=["All"], MessageSystemAttributeNames=["All"],
            )  # fmt: skip
            letters = [read_letter(self.resource, message) for message in answer.get("Messages", [])]
            some = {letter.message_id: letter for letter in letters}
            self.letters |= some
        return some

    def _set_visibility(self, seconds: int) -> None:
        for ten in _tens(self.letters.values()):
            self.client.change_message_visibility_batch(
                QueueUrl=self.url,
                Entries=[
                    {"Id": str(n), "ReceiptHandle": letter.receipt, "VisibilityTimeout": seconds}
                    for n, letter in enumerate(ten)
                ],
            )


@contextmanager
def undisturbed() -> Generator[None]:
    """Delay Ctrl-C and other signals until the end of this block."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _tens(letters: Iterable[DeadLetter]) -> Iterator[list[DeadLetter]]:
    """Return dead letters in tens, the most that SQS takes in a request."""
    rest = iter(letters)
    while ten := list(islice(rest, 10)):
        yield ten
