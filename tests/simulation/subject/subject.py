"""What a run needs to know of its resource: what clients send, what it must become, and what can be wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol, TypeAlias

from tests.simulation.world.dice import Dice
from trigger_pattern.definition.resource import AnyResource

Fields: TypeAlias = Mapping[str, Any]
"""A representation; None stands for what was not created yet, and GONE for what was deleted."""
Event: TypeAlias = tuple[str, dict[str, Any]]
"""A type, and data."""

GONE: Final = {"gone": True}


@dataclass(frozen=True)
class Faulty:
    """A command that no client can send through the API, and the codes with which it can be refused for its form."""

    kind: str
    representation: Fields
    codes: frozenset[str]
    newer_code_takes_it: bool = False


class Subject(Protocol):
    """A resource, as the simulation sees it."""

    @property
    def resource(self) -> AnyResource:
        """The resource, in today's code."""
        ...

    @property
    def newer(self) -> AnyResource:
        """The resource in newer code, which writes events of newer schemas and another fold."""
        ...

    @property
    def faulty(self) -> Mapping[str, Faulty]:
        """Commands that were put on the queue past the API, by a name of what is wrong with them."""
        ...

    @property
    def unreadable(self) -> Mapping[str, Fields]:
        """Attributes of commits that no code can read, by a name of what is wrong with them, in DynamoDB's form."""
        ...

    def newer_state(self, state: Fields) -> Fields:
        """Return the state in a commit as newer code writes it."""
        ...

    def older_state(self, state: Fields) -> Fields:
        """Return a state that newer code wrote as today's code writes it."""
        ...

    def decide(self, state: Fields | None, kind: str, given: Fields, at: datetime) -> list[Event] | set[str]:
        """Return the events that a command must cause, or the codes of everything that speaks against it."""
        ...

    def fold(self, state: Fields | None, event: Event) -> Fields:
        """Return the representation after an event."""
        ...

    def new(self, dice: Dice, what: str) -> dict[str, Any]:
        """Draw the body of a POST."""
        ...

    def replacement(self, dice: Dice, what: str, number: int, current: Fields | None) -> dict[str, Any]:
        """Draw the body of a PUT, which is request `number`, by a client that may know the current representation."""
        ...

    def patch(self, dice: Dice, what: str, number: int, current: Fields | None) -> dict[str, Any]:
        """Draw the body of a PATCH."""
        ...
