"""The article's command handler: build triggers, execute them, persist the events. Each step can end it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeAlias

from trigger_pattern.kernel.admission import (
    Duplicate,
    Outcomes,
    Processed,
    Untraced,
    believed,
    conflicting,
    is_overtaken,
    superseded,
)
from trigger_pattern.kernel.aggregate import AggregateRoot, Context, Event, State, Trigger
from trigger_pattern.kernel.command import Command, Delivery, Request
from trigger_pattern.kernel.event_store import Commit, EventStore
from trigger_pattern.kernel.execution import Executed, execute
from trigger_pattern.kernel.refusal import Refused
from trigger_pattern.kernel.rehydration import Rehydrated, rehydrate

TriggerBuilder: TypeAlias = Callable[[Request, State], Sequence[Trigger] | Refused]
"""Turns a request into triggers by comparing its proposal with the current state; no change, no trigger."""


@dataclass(frozen=True)
class Succeeded:
    """The command's events are written; `version` is that of the last of them."""

    version: int


@dataclass(frozen=True)
class Unchanged:
    """The command proposed the current state; `version` is the aggregate's."""

    version: int


Outcome: TypeAlias = Succeeded | Unchanged | Refused | Duplicate | Untraced


class RaceLost(Exception):
    """Other writers were first at every attempt: a fault, for the queue to deliver the command again."""


@dataclass(frozen=True)
class CommandHandler(Generic[State, Event, Trigger, Request]):
    """Handles the commands of one kind of aggregate.

    `clock` returns the time in UTC. `pause` is called with the number of a lost attempt (1, 2, …) before the next one;
    it should wait a short random while.
    """

    root: AggregateRoot[State, Event, Trigger]
    build: TriggerBuilder[Request, State, Trigger]
    store: EventStore[State, Event]
    outcomes: Outcomes
    clock: Callable[[], datetime]
    pause: Callable[[int], None]
    attempts: int = 4

    def handle(self, command: Command[Request], delivery: Delivery) -> Outcome:
        """Return a command's outcome; it takes effect once. Raises RaceLost, and the event store's faults."""
        for attempt in range(1, self.attempts + 1):
            if attempt > 1:
                self.pause(attempt - 1)
            outcome = self._attempt(command, delivery)
            if outcome is not None:
                return outcome
        raise RaceLost(command.command_id)

    def _attempt(self, command: Command[Request], delivery: Delivery) -> Outcome | None:
        """Processed before: a duplicate. Superseded, or based on an old version: refused. Else the domain decides."""
        current = rehydrate(self.root, self.store, command.aggregate_id)
        if Processed(self.store, self.outcomes).has(command, delivery, current.head):
            return Duplicate()
        if is_overtaken(delivery, current.head):
            return Untraced()
        if refused := superseded(command, delivery, current.head) or conflicting(command, current.version):
            return refused
        return self._decide(command, delivery, current)

    def _decide(
        self, command: Command[Request], delivery: Delivery, current: Rehydrated[State, Event]
    ) -> Outcome | None:
        now = self.clock()
        executed = self._execute(command, current.state, now)
        if isinstance(executed, Refused):
            return executed
        if not executed.events:
            return Unchanged(current.version)
        commit = _commit(command, delivery, current, executed, now)
        return Succeeded(commit.last_version) if self.store.try_append(commit) else None

    def _execute(self, command: Command[Request], state: State, now: datetime) -> Executed[State, Event] | Refused:
        triggers = self.build(command.request, state)
        if isinstance(triggers, Refused):
            return triggers
        return execute(self.root, state, triggers, Context(command.aggregate_id, now, command.actor))


def _commit(
    command: Command[Request],
    delivery: Delivery,
    current: Rehydrated[State, Event],
    executed: Executed[State, Event],
    now: datetime,
) -> Commit[State, Event]:
    last = current.head
    occurred_at = max(now, last.occurred_at) if last else now
    issued_at = believed(command.issued_at, occurred_at)
    return Commit(
        aggregate_id=command.aggregate_id,
        version=current.version + 1,
        events=executed.events,
        state=executed.state,
        command_id=command.command_id,
        position=delivery.position,
        issued_at=max(issued_at, last.issued_at) if last else issued_at,
        occurred_at=occurred_at,
        actor=command.actor,
        correlation_id=command.correlation_id,
        other_queue_at=_other_queue_at(last, delivery),
    )


def _other_queue_at(last: Commit[State, Event] | None, delivery: Delivery) -> datetime | None:
    if last is None:
        return None
    return last.other_queue_at if last.position.queue == delivery.position.queue else last.occurred_at
