"""The aggregate root of a resource: its life from before its creation until after its deletion.

An author's own types are checked when the resource is declared. Here, values, events and triggers are just objects.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from trigger_pattern.kernel import AggregateRoot, Context, Refused

if TYPE_CHECKING:
    from trigger_pattern.definition.resource import AnyResource

Value = TypeVar("Value")


@dataclass(frozen=True)
class Creation(Generic[Value]):
    """The first event of a life; it holds the whole value. Derive from it to name it: its docstring is published."""

    value: Value


@dataclass(frozen=True)
class Deletion:
    """The last event of a life, which holds nothing. Derive from it to name it: its docstring is published."""


@dataclass(frozen=True)
class NotCreated:
    """The state before the first event."""


@dataclass(frozen=True)
class Gone:
    """The state after a deletion, with the last value."""

    value: object


State: TypeAlias = object
"""NotCreated, a value, or Gone."""


@dataclass(frozen=True)
class Create:
    """Trigger: begin a life with this value."""

    value: object


@dataclass(frozen=True)
class Delete:
    """Trigger: end the life."""


Root: TypeAlias = AggregateRoot[State, object, object]


@dataclass(frozen=True)
class _Life:
    """A resource's own functions, between its creation and its deletion."""

    resource: "AnyResource"

    def apply(self, state: State, event: object) -> State:
        """Return the state after an event. Raises ValueError for a history that cannot have happened."""
        kind, is_living = type(event), not isinstance(state, NotCreated | Gone)
        if isinstance(state, NotCreated) and kind is self.resource.created:
            return created_value(event)
        if is_living and kind is self.resource.deleted:
            return Gone(state)
        if is_living and kind is not self.resource.created:
            return self.resource.apply(state, event)
        raise ValueError(f"{kind.__name__} cannot follow {type(state).__name__}")

    def fire(self, state: State, trigger: object, context: Context) -> object | Refused:
        """Return the event that a trigger causes, or why it causes none."""
        match state:
            case NotCreated():
                return self._begin(trigger, context)
            case Gone():
                return Refused.because(self.resource.was_deleted)
            case _:
                return self._change(state, trigger, context)

    def _begin(self, trigger: object, context: Context) -> object | Refused:
        if not isinstance(trigger, Create):
            return Refused.because(self.resource.not_found)
        reasons = tuple(self.resource.opening(trigger.value, context))
        return Refused(reasons) if reasons else self.resource.created(trigger.value)

    def _change(self, value: object, trigger: object, context: Context) -> object | Refused:
        if isinstance(trigger, Create):
            return Refused.because(self.resource.already_exists)
        if not isinstance(trigger, Delete):
            return self.resource.fire(value, trigger, context)
        reasons = tuple(self.resource.closing(value, context))
        return Refused(reasons) if reasons else self.resource.deleted()


def created_value(creation: object) -> object:
    """Return the value that a creation holds."""
    return vars(creation)["value"]


def root_of(resource: "AnyResource") -> Root:
    """Return a resource's aggregate root."""
    life = _Life(resource)
    return AggregateRoot(zero=NotCreated(), apply=life.apply, fire=life.fire, fold_version=resource.fold_version)
