"""One of the stack's dead-letter queues."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from tools.ops.dlq.held import Held
from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient

_VISIBLE, _HIDDEN = "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"


@dataclass(frozen=True)
class DeadLetterQueue:
    """A dead-letter queue."""

    resource: AnyResource
    client: "SQSClient"
    url: str
    wait: int = 1
    """See Held."""
    clock: Callable[[], float] = time.monotonic

    def count(self) -> int:
        """Return roughly how many messages there are, including those in flight."""
        return self._ask(_VISIBLE, _HIDDEN)

    def hidden(self) -> int:
        """Return roughly how many messages are in flight."""
        return self._ask(_HIDDEN)

    def now(self) -> datetime:
        """Return SQS's clock, rounded up to the end of the second, because SQS reports whole seconds.

        So no letter that is there now is newer, whatever the clock of this machine says.
        """
        answer = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=["QueueArn"])
        second = parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"])
        return second + timedelta(milliseconds=999)

    @contextmanager
    def held(self, seconds: int) -> Generator[Held]:
        """Hide the letters that are received; at the end, show those again that were not deleted."""
        held = Held(self.resource, self.client, self.url, seconds, self.wait, self.clock)
        try:
            yield held
        finally:
            held.release()

    def _ask(self, *names: str) -> int:
        asked: Any = names
        found: Any = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=asked)["Attributes"]
        return sum(int(found[name]) for name in names)
