"""Do what could not be done with a dead letter, once what was wrong is mended."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from cars.adapters.dynamodb.commit_item import CorruptItem
from cars.application.commit_log import CommitLog
from cars.application.commits import CannotFold, CarCommit, PublishedEvent, Refold, events_of, with_state
from cars.application.publishing import Broadcaster, PublishingFailed, Topic
from cars.domain.stored_events import UnknownEvent
from tools.cars.dlq.dead_letters import DeadLetter

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient


Left: TypeAlias = dict[str, str]
"""Why letters stay where they are, by their message ids."""


Redrive: TypeAlias = Callable[[Sequence[DeadLetter]], Left]
"""Does what could not be done with the letters of one car, in their order. Raises AWS's faults."""


def by_car(letters: Iterable[DeadLetter]) -> Iterator[list[DeadLetter]]:
    """Give the letters of each car in order: by version, where they have one, else as they came."""

    def place(letter: DeadLetter) -> tuple[str, int]:
        return letter.group or letter.car_id or letter.message_id, letter.version

    for _, of_car in groupby(sorted(letters, key=place), key=lambda letter: place(letter)[0]):
        yield list(of_car)


@dataclass(frozen=True)
class ToCommandQueue:
    """Sends commands to the queue again, as they are. What came later to their car supersedes them."""

    client: "SQSClient"
    url: str

    def __call__(self, letters: Sequence[DeadLetter]) -> Left:
        """Send each, deduplicated by the letter: a redrive that is broken off sends none twice."""
        for letter in letters:
            self.client.send_message(
                QueueUrl=self.url,
                MessageBody=letter.body,
                MessageGroupId=letter.group,
                MessageDeduplicationId=f"redrive-{letter.message_id}",
            )
        return {}


@dataclass(frozen=True)
class ToTopic:
    """Publishes what the letters' versions stand for: the events of their commits, from that version on."""

    log: CommitLog
    topic: Topic
    refold: Refold

    def __call__(self, letters: Sequence[DeadLetter]) -> Left:
        """Publish each event once, in order, also where several letters stand for it."""
        events: dict[int, PublishedEvent] = {}
        left: Left = {}
        for letter in letters:
            try:
                events |= {event.version: event for event in self._events(letter)}
            except UNREADABLE as reason:
                left[letter.message_id] = explain(reason)
        fault = self._publish([events[version] for version in sorted(events)])
        return {letter.message_id: fault for letter in letters} | left if fault else left

    def _events(self, letter: DeadLetter) -> list[PublishedEvent]:
        commit = _commit_at(self.log, letter)
        events = events_of(with_state(commit, self.refold))
        return [event for event in events if event.version >= letter.version]

    def _publish(self, events: Sequence[PublishedEvent]) -> str:
        rejected = _Rejected()
        try:
            Broadcaster(self.topic, rejected, self.refold).publish(events)
        except PublishingFailed as failed:
            return explain(failed)
        return "; ".join(rejected.reasons)


@dataclass(frozen=True)
class ToView:
    """Puts the car into the view as its newest commit left it."""

    log: CommitLog
    project: Callable[[CarCommit], object]

    def __call__(self, letters: Sequence[DeadLetter]) -> Left:
        """Project once for all letters."""
        try:
            self.project(_commit_at(self.log, letters[-1], newest=True))
        except UNREADABLE as reason:
            return {letter.message_id: explain(reason) for letter in letters}
        return {}


class NotThere(Exception):
    """What a letter stands for cannot be found; the text says why."""


UNREADABLE = (CorruptItem, UnknownEvent, CannotFold, NotThere)


def explain(reason: Exception) -> str:
    """Put into words why a letter stays."""
    return str(reason) if isinstance(reason, NotThere) else f"{type(reason).__name__}: {reason}"


def _commit_at(log: CommitLog, letter: DeadLetter, *, newest: bool = False) -> CarCommit:
    """Find the commit of the letter's version, or its car's newest. Raises NotThere, and what reading it raises."""
    if not letter.version:
        raise NotThere("it names no car and version; see `cars dlq redrive --help`")
    commit = log.head(letter.car_id) if newest else next(log.up_to(letter.car_id, letter.version), None)
    if commit is None or commit.last_version < letter.version:
        raise NotThere(f"the events table does not have version {letter.version}")
    return commit


class _Rejected:
    def __init__(self) -> None:
        self.reasons: list[str] = []

    def set_aside(self, car_id: str, version: int, reason: str) -> None:
        """Note why an event cannot be published."""
        self.reasons.append(f"{car_id}, version {version}: {reason}")
