"""The trigger pattern, for any aggregate: implicit intent in, explicit triggers, events out.

After Matt Hawkins, "ReST vs CQRS: The Trigger Pattern" (2015). Nothing here knows a domain, a database or a queue;
an aggregate is plugged in as an `AggregateRoot` and a `TriggerBuilder`, storage as an `EventStore`.
"""

from trigger_pattern.kernel.admission import Duplicate, Untraced
from trigger_pattern.kernel.aggregate import AggregateRoot, Context
from trigger_pattern.kernel.command import Command, Delivery, Position
from trigger_pattern.kernel.event_store import Commit, EventStore, Recorded
from trigger_pattern.kernel.execution import Executed, execute
from trigger_pattern.kernel.handler import CommandHandler, Outcome, RaceLost, Succeeded, TriggerBuilder, Unchanged
from trigger_pattern.kernel.refusal import Refusal, Refused
from trigger_pattern.kernel.rehydration import Rehydrated, rehydrate, state_after
from trigger_pattern.kernel.searching import WIDEST_CLOCK_SKEW, find_commit, newest_where

__all__ = [
    "WIDEST_CLOCK_SKEW",
    "AggregateRoot",
    "Command",
    "CommandHandler",
    "Commit",
    "Context",
    "Delivery",
    "Duplicate",
    "EventStore",
    "Executed",
    "Outcome",
    "Position",
    "RaceLost",
    "Recorded",
    "Refusal",
    "Refused",
    "Rehydrated",
    "Succeeded",
    "TriggerBuilder",
    "Unchanged",
    "Untraced",
    "execute",
    "find_commit",
    "newest_where",
    "rehydrate",
    "state_after",
]
