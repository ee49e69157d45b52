"""Breaks of what reads the events table's stream: the broadcaster and the projector."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from tests.simulation.mutation.mutation import Original, mutates
from trigger_pattern.application.commits import PublishedEvent, StoredCommit
from trigger_pattern.application.projecting import Projector
from trigger_pattern.application.publishing import (
    BATCH_SIZE,
    Broadcaster,
    Confirmed,
    Failed,
    PublishingFailed,
    Receipt,
    SetAside,
)
from trigger_pattern.aws.dynamodb.commit_item import CorruptItem
from trigger_pattern.aws.dynamodb.overdue import INFRASTRUCTURE
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import StoredEvent, UnknownEvent, read_event, write_event

BROADCASTER = "trigger_pattern.application.publishing.Broadcaster"
STREAM = "trigger_pattern.aws.dynamodb.stream"
OUT_OF_ORDER = "events are first published in order"
GIVEN_UP = "nothing is dead lettered that could be handled"


@mutates(f"{BROADCASTER}.publish", breaks=OUT_OF_ORDER)
def two_events_of_one_car_in_a_batch(_original: Original, self: Broadcaster, events: Iterable[PublishedEvent]) -> None:
    waiting = list(events)
    for start in range(0, len(waiting), BATCH_SIZE):
        receipts = self.topic.publish(waiting[start : start + BATCH_SIZE])
        if any(isinstance(receipt, Failed) for receipt in receipts):
            raise PublishingFailed


@mutates(f"{BROADCASTER}.publish", breaks=OUT_OF_ORDER)
def a_failure_to_publish_is_swallowed(original: Original, *arguments: object) -> None:
    with suppress(PublishingFailed):
        original(*arguments)


@mutates("trigger_pattern.aws.messaging.sns.SnsTopic.publish", breaks=OUT_OF_ORDER)
def an_entry_that_failed_is_not_seen(original: Original, *arguments: object) -> Sequence[Receipt]:
    return [Confirmed() if isinstance(receipt, Failed) else receipt for receipt in original(*arguments)]


@mutates(f"{BROADCASTER}._settle", breaks=OUT_OF_ORDER)
def a_car_goes_on_after_an_event_that_failed(
    original: Original, self: Broadcaster, waiting: object, aggregate_id: str, receipt: Receipt
) -> object:
    return original(self, waiting, aggregate_id, Confirmed() if isinstance(receipt, Failed) else receipt)


@mutates("trigger_pattern.application.commits.lift_event", breaks=GIVEN_UP)
def the_broadcaster_gives_up_what_newer_code_wrote(
    _original: Original, resource: AnyResource, stored: StoredEvent
) -> StoredEvent:
    return write_event(resource, read_event(resource, stored))


@mutates(f"{STREAM}.decode", breaks=GIVEN_UP)
def events_of_newer_code_are_taken_for_corrupt(
    original: Original, resource: AnyResource, stored: StoredCommit
) -> object:
    try:
        return original(resource, stored)
    except UnknownEvent as newer:
        raise CorruptItem from newer


@mutates("trigger_pattern.application.projecting.Projector.project_all", breaks=GIVEN_UP)
def the_projector_waits_for_no_newer_code(
    original: Original, self: Projector, commits: object, rejects: SetAside, _later: SetAside
) -> object:
    return original(self, commits, rejects, rejects)


@mutates("trigger_pattern.aws.dynamodb.overdue.Patience.process", breaks="the view ends equal to the fold")
def faults_of_the_projector_are_swallowed(original: Original, *arguments: object) -> None:
    with suppress(*INFRASTRUCTURE):
        original(*arguments)


@mutates(f"{STREAM}.set_aside", breaks="no record holds up its shard")
def what_is_no_commit_is_dropped(_original: Original, *_: object) -> None:
    return None
