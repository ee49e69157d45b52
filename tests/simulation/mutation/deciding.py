"""Breaks of how a command is admitted, decided and committed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from tests.simulation.mutation.mutation import Original, mutates
from trigger_pattern.kernel import AggregateRoot, Command, Commit, Context, Delivery, EventStore, Refused
from trigger_pattern.kernel.admission import Processed, believed
from trigger_pattern.kernel.event_store import Recorded
from trigger_pattern.kernel.rehydration import Rehydrated
from trigger_pattern.kernel.searching import CLOCK_SKEW

AnyCommand: TypeAlias = Command[Any]
AnyCommit: TypeAlias = Commit[Any, Any]
Found: TypeAlias = object

ADMISSION = "trigger_pattern.kernel.admission"
HANDLER = "trigger_pattern.kernel.handler"


@mutates(f"{ADMISSION}.is_overtaken", f"{HANDLER}.is_overtaken", breaks="what took effect is not refused")
def a_place_in_the_queue_means_nothing(_original: Original, *_: object) -> bool:
    return False


@mutates(f"{ADMISSION}.Processed.has", breaks="what took effect is not refused")
def a_place_in_another_queue_means_all(
    original: Original, self: Processed[Any, Any], command: AnyCommand, delivery: Delivery, head: AnyCommit | None
) -> Found:
    if head and head.position.queue != delivery.position.queue:
        return False
    return original(self, command, delivery, head)


@mutates(f"{HANDLER}._other_queue_at", breaks="no command takes effect twice")
def a_copy_in_another_queue_is_forgotten_after_the_next_commit(
    _original: Original, _last: AnyCommit | None, _delivery: Delivery
) -> None:
    return None


@mutates(f"{ADMISSION}.find_commit", breaks="no command is untraced")
def a_command_is_looked_for_by_the_time_of_its_message_alone(
    original: Original,
    store: EventStore[Any, Any],
    head: Recorded,
    command_id: str,
    issued_at: datetime,
    sent_at: datetime,
) -> Found:
    return original(store, head, command_id, min(issued_at, sent_at))


@mutates(f"{ADMISSION}.find_commit", breaks="no command takes effect twice")
def the_history_is_not_searched(
    _original: Original, _store: EventStore[Any, Any], head: Recorded, command_id: str, *_times: datetime
) -> Recorded | None:
    return head if head.command_id == command_id else None


@mutates(f"{ADMISSION}._clock_tolerance", breaks="no older command reverts a newer one")
def nothing_is_superseded(_original: Original, *_: object) -> timedelta:
    return timedelta.max


@mutates(f"{ADMISSION}._clock_tolerance", breaks="no older command reverts a newer one")
def a_redriven_command_gets_the_margin(_original: Original, *_: object) -> timedelta:
    return CLOCK_SKEW


@mutates(f"{HANDLER}._commit", breaks="no older command reverts a newer one")
def the_mark_of_the_newest_command_goes_back(
    original: Original, command: AnyCommand, delivery: Delivery, current: Rehydrated[Any, Any], *rest: object
) -> AnyCommit:
    commit: AnyCommit = original(command, delivery, current, *rest)
    return replace(commit, issued_at=believed(command.issued_at, commit.occurred_at))


@mutates(f"{HANDLER}.believed", breaks="no mark is in the future")
def a_clock_gone_wrong_sets_the_mark(_original: Original, issued_at: datetime, _now: datetime) -> datetime:
    return issued_at


@mutates(f"{HANDLER}.believed", breaks="no older command reverts a newer one")
def a_clock_that_is_a_little_ahead_is_not_believed(_original: Original, issued_at: datetime, now: datetime) -> datetime:
    return min(issued_at, now)


@mutates(
    "trigger_pattern.application.outcomes.OutcomeRecorder.has_decided",
    breaks="no command takes effect after it was refused",
)
def recorded_decisions_are_not_looked_at(_original: Original, *_: object) -> bool:
    return False


@mutates(f"{HANDLER}.execute", breaks="a commit is what its command means")
def some_refused_events_are_written(
    original: Original, root: AggregateRoot[Any, Any, Any], state: object, triggers: Sequence[Any], context: Context
) -> Found:
    taken = [each for each in triggers if not isinstance(root.fire(state, each, context), Refused)]
    return original(root, state, taken or triggers, context)


@mutates(f"{HANDLER}.conflicting", breaks="a commit is what its command means")
def the_expected_version_is_not_looked_at(_original: Original, *_: object) -> None:
    return None
