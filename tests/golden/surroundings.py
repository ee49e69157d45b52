"""What the functions take from outside, all of it known: a clock that the story moves, randomness, and AWS in memory.

This is the only module here that knows a module of `layers/`, by CLOCK. If the clock moves, only CLOCK changes.
"""

import logging
import secrets
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from botocore.config import Config

from tests.golden.names import event_source, service_name
from tests.support import functions
from tests.support.aws import ENVIRONMENT
from trigger_pattern.aws import clients

CLOCK = "trigger_pattern.application.clock"
"""The module with `utc_now` and `pause`."""

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
FEW_BITS = 16
"""Less is no part of an id, but the choice of the requests that ask how long the queue is."""


def nothing() -> None:
    """Do nothing."""


@dataclass
class Surroundings:
    """`while_waiting` is called whenever a function sleeps.

    `crowd` is how many messages the queue says that it has, if any; with `topic_fails`, the topic confirms no event.
    `puts` has the parameters of each PutItem of the functions.
    """

    now: datetime = START
    while_waiting: Callable[[], object] = nothing
    crowd: int = 0
    topic_fails: bool = False
    puts: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    _drawn: Counter[tuple[int, datetime]] = field(default_factory=Counter[tuple[int, datetime]])

    @property
    def seconds(self) -> int:
        """Return the whole seconds since the story's start."""
        return int(self.monotonic())

    def utc_now(self) -> datetime:
        """Be the clock."""
        return self.now

    def monotonic(self) -> float:
        """Be the clock of durations."""
        return (self.now - START).total_seconds()

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)
        self.while_waiting()

    def randbits(self, bits: int) -> int:
        """Draw bits that depend on the time and on how often the same was drawn at that time, on nothing before."""
        if bits < FEW_BITS:
            return 0 if self.crowd else 1
        self._drawn[bits, self.now] += 1
        drawn = f"{bits} {self.now.isoformat()} {self._drawn[bits, self.now]}"
        return int.from_bytes(sha256(drawn.encode()).digest(), "big") >> (256 - bits)

    @contextmanager
    def around_loading(self) -> Generator[None]:
        """Put themselves around functions that are loaded meanwhile."""
        make_client = clients.make_client

        def client(service: str, config: Config) -> Any:
            made = make_client(service, config)
            made.meta.events.register("after-call.sqs.GetQueueAttributes", self._crowded)
            made.meta.events.register("provide-client-params.dynamodb.PutItem", self._note)
            made.meta.events.register("after-call.sns.PublishBatch", self._not_taken)
            return made

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(clients, "make_client", client)
            patch.setattr(f"{CLOCK}.utc_now", self.utc_now)
            patch.setattr(f"{CLOCK}.pause", self.sleep)
            patch.setattr(time, "monotonic", self.monotonic)
            patch.setattr(time, "sleep", self.sleep)
            patch.setattr(secrets, "randbits", self.randbits)
            patch.setitem(functions.LITERALS, "EVENT_SOURCE", event_source())
            yield

    def _note(self, params: dict[str, Any], **_: Any) -> None:
        self.puts.append(params)

    def _crowded(self, parsed: dict[str, Any], **_: Any) -> None:
        if self.crowd:
            parsed["Attributes"]["ApproximateNumberOfMessages"] = str(self.crowd)

    def _not_taken(self, parsed: dict[str, Any], **_: Any) -> None:
        if self.topic_fails:
            failed = [{"Id": entry["Id"], "Code": "InternalError"} for entry in parsed["Successful"]]
            parsed |= {"Successful": [], "Failed": failed}


@contextmanager
def environment() -> Generator[None]:
    """Set the variables that AWS's clients and Powertools read while a function runs, and silence its log."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logging.getLogger(service_name()), "disabled", True)
        for name, value in {**ENVIRONMENT, "POWERTOOLS_SERVICE_NAME": service_name()}.items():
            patch.setenv(name, value)
        yield
