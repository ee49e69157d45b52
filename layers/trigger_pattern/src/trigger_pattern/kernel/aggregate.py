"""The aggregate root: the article's three functions, Zero, Apply and Fire."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Generic, TypeVar

from trigger_pattern.kernel.refusal import Refused

State = TypeVar("State")
Event = TypeVar("Event")
Trigger = TypeVar("Trigger")


@dataclass(frozen=True)
class Context:
    """The inputs of a decision beside the state: the aggregate's id, the time in UTC, and the caller."""

    id: str
    now: datetime
    actor: str


@dataclass(frozen=True)
class AggregateRoot(Generic[State, Event, Trigger]):
    """An aggregate, as data.

    `zero` is the state before any event. `apply` returns the state after an event; it never refuses, because the event
    has happened. `fire` turns a trigger into the event that it causes in a state, or refuses it. `fold_version` numbers
    this computation: raise it whenever the same events lead to another state, and stored states are folded again.
    """

    zero: State
    apply: Callable[[State, Event], State]
    fire: Callable[[State, Trigger, Context], Event | Refused]
    fold_version: int

    def fold(self, events: Iterable[Event]) -> State:
        """Return the state after a whole history, oldest event first."""
        return reduce(self.apply, events, self.zero)
