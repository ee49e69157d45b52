"""Redrive what a letter only names, an aggregate and a version, from the events table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools.ops.dlq.letter import DeadLetter
from tools.ops.dlq.redriving import Left
from trigger_pattern.application.commit_log import CommitLog
from trigger_pattern.application.commits import CannotFold, DecodedCommit, PublishedEvent, events_of
from trigger_pattern.application.publishing import Broadcaster, FiltersOf, NoFilters, PublishingFailed, Topic
from trigger_pattern.aws.dynamodb.commit_item import CorruptItem
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import CorruptEvent, UnknownEvent


@dataclass(frozen=True)
class ToTopic:
    """Publishes what the letters' versions stand for: the events of their commits, from that version on."""

    resource: AnyResource
    log: CommitLog
    topic: Topic
    filters_of: FiltersOf

    def __call__(self, letters: Sequence[DeadLetter]) -> Left:
        """Publish each event once, in order, also where several letters stand for it."""
        events: dict[int, PublishedEvent] = {}
        left: Left = {}
        for letter in letters:
            try:
                events |= {event.version: event for event in self._events(letter)}
            except _UNREADABLE as reason:
                left[letter.message_id] = _explain(reason)
        fault = self._publish([events[version] for version in sorted(events)])
        return {letter.message_id: fault for letter in letters} | left if fault else left

    def _events(self, letter: DeadLetter) -> list[PublishedEvent]:
        commit = next(self.log.recorded(letter.aggregate_id, letter.version), None) if letter.aggregate_id else None
        if commit is None or not 0 < letter.version <= commit.last_version:
            raise NotThere(_missing(letter))
        events = events_of(self.resource, commit, self.filters_of(commit))
        return [event for event in events if event.version >= letter.version]

    def _publish(self, events: Sequence[PublishedEvent]) -> str:
        rejected = _Rejected()
        try:
            Broadcaster(self.resource, self.topic, rejected, self.filters_of).publish(events)
        except PublishingFailed as failed:
            return _explain(failed)
        return "; ".join(rejected.reasons)


@dataclass(frozen=True)
class ToView:
    """Puts the aggregate into the view as its newest commit left it."""

    log: CommitLog
    project: Callable[[DecodedCommit], object]

    def __call__(self, letters: Sequence[DeadLetter]) -> Left:
        """Project once for all letters."""
        try:
            newest = self._project(letters[0].aggregate_id)
        except _UNREADABLE as reason:
            return {letter.message_id: _explain(reason) for letter in letters}
        return {letter.message_id: _missing(letter) for letter in letters if not 0 < letter.version <= newest}

    def _project(self, aggregate_id: str) -> int:
        """Return the aggregate's version in the view; 0 if there is no such aggregate."""
        commit = self.log.head(aggregate_id) if aggregate_id else None
        if commit is None:
            return 0
        self.project(commit)
        return commit.last_version


class NotThere(Exception):
    """What a letter stands for cannot be found; the text says why."""


_UNREADABLE = (CorruptItem, CorruptEvent, UnknownEvent, CannotFold, NoFilters, NotThere)


def _explain(reason: Exception) -> str:
    return str(reason) if isinstance(reason, NotThere) else f"{type(reason).__name__}: {reason}"


def _missing(letter: DeadLetter) -> str:
    if not (letter.aggregate_id and letter.version):
        help_command = f"ops {letter.resource.plural} dlq redrive --help"
        return f"it names no {letter.resource.words_of_name} and version; see `{help_command}`"
    return f"the events table does not have version {letter.version}"


class _Rejected:
    def __init__(self) -> None:
        self.reasons: list[str] = []

    def set_aside(self, aggregate_id: str, version: int, reason: str) -> None:
        """Note why an event cannot be published."""
        self.reasons.append(f"{aggregate_id}, version {version}: {reason}")
