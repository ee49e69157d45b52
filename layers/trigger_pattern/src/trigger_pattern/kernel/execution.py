"""Step 2 of the article's command handler: fire the triggers on the aggregate root."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic

from trigger_pattern.kernel.aggregate import AggregateRoot, Context, Event, State, Trigger
from trigger_pattern.kernel.refusal import Refusal, Refused


@dataclass(frozen=True)
class Executed(Generic[State, Event]):
    """The events that the triggers caused, in order, and the state after them."""

    events: tuple[Event, ...]
    state: State


def execute(
    root: AggregateRoot[State, Event, Trigger], state: State, triggers: Iterable[Trigger], context: Context
) -> Executed[State, Event] | Refused:
    """Fire each trigger on the state that the events before it left.

    All or nothing: with one refusal there are no events. Every trigger is still fired, so that all reasons are reported
    at once, each of them once.
    """
    events: list[Event] = []
    reasons: list[Refusal] = []
    for trigger in triggers:
        fired = root.fire(state, trigger, context)
        if isinstance(fired, Refused):
            reasons.extend(fired.reasons)
        else:
            events.append(fired)
            state = root.apply(state, fired)
    return Refused(tuple(dict.fromkeys(reasons))) if reasons else Executed(tuple(events), state)
