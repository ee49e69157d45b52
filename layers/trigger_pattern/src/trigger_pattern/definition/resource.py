"""A kind of resource: its author's definition, checked when it is made."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeAlias, TypeVar, get_args, get_type_hints

from trigger_pattern.definition.checking import faults_of
from trigger_pattern.definition.codecs import Json
from trigger_pattern.definition.compiling import members_of
from trigger_pattern.definition.life import Creation, Deletion, Value
from trigger_pattern.definition.names import Names
from trigger_pattern.definition.reasons import InvalidDefinition
from trigger_pattern.definition.records import Field
from trigger_pattern.kernel import Context, Refusal, Refused

Trigger = TypeVar("Trigger")
Event = TypeVar("Event")
Part = TypeVar("Part")
Lift: TypeAlias = Callable[[dict[str, Json]], dict[str, Json]]
"""Turns an event's data into those of the next schema version, or of the one before."""

_PARAMETERS: Final = 2
"""`apply` takes the value and the event."""


@dataclass(frozen=True)
class Words:
    """The sentences of the refusals that every resource has; `immutable` is about a `{field}`."""

    exists: str = "It exists already."
    not_found: str = "There never was one with this id."
    deleted: str = "It was deleted, and its id is never used again."
    immutable: str = "The {field} cannot change."
    unknown: str = "There is no such field."


@dataclass(frozen=True)
class By:
    """A list that clients can ask for: all of `fields` are given, and `then` may be; it is also the order.

    `fields` and `then` are names in JSON. `index` names the list's index in the view's table; without it, the name is
    made of the fields.

    An index has keys alone: a page costs half a read unit for each resource on it, and a change of a field that is
    none of the list's costs no write in the index. With `whole`, the index has whole values: a page costs half a read
    unit for 4 KB of them, and every change costs a write unit in the index.
    """

    fields: tuple[str, ...]
    then: str | None = None
    index: str = ""
    whole: bool = False


def _no_reason(*_: object) -> Iterable[Refusal]:
    return ()


@dataclass(frozen=True, kw_only=True, repr=False)
class Resource(Names, Generic[Value, Trigger, Event]):
    """A kind of resource, as its author defines it. Raises InvalidDefinition if it cannot work.

    - `authority` is a domain of yours and a date at which it was (RFC 4151): `example.com,2026`. It makes the types,
      sources and schemas of published events unique among all publishers, and is for ever, as they are.
    - `compare` is the article's trigger builder: it yields the triggers from the current to the proposed value.
    - `fire` and `apply` are the aggregate root's. The events are those in the annotation of `apply`'s second parameter;
      their docstrings are published. After a refused trigger the others are still fired, so that the client reads every
      refusal. So `apply` may meet a value that lacks the refused change.
    - `opening` and `closing` yield why a value may not be created or deleted.
    - `check` yields faults between fields. It is also asked about a value of which some fields are invalid, and ends
      when it reads one of those.
    - `refusals` are examples of the author's own, for the docs.
    - `lists` are what clients can list by, and `filters` the immutable fields that subscribers can filter events by,
      both by their names in JSON.
    - `fold_version` numbers what `apply` computes: raise it whenever the same events lead to another value.
    - `upcasters` lift an event's data, by its name, from each schema version to the next.
    - `downcasters`, the newest version's first, lower it again when the event is written. The first of two deployments
      has them: it reads the new version, and still writes the old one.
    - `schema_extras` go into the published JSON Schema of the event that creates one.
    """

    of: type[Value]
    created: type[Creation[Value]]
    deleted: type[Deletion]
    compare: Callable[[Value, Value], Iterable[Trigger]]
    fire: Callable[[Value, Trigger, Context], Event | Refused]
    apply: Callable[[Value, Event], Value]
    opening: Callable[[Value, Context], Iterable[Refusal]] = _no_reason
    closing: Callable[[Value, Context], Iterable[Refusal]] = _no_reason
    check: Callable[[Value], Iterable[Refusal]] = _no_reason
    refusals: Sequence[Refusal] = ()
    lists: Sequence[By] = ()
    filters: Sequence[str] = ()
    words: Words = Words()
    fold_version: int = 1
    upcasters: Mapping[str, Sequence[Lift]] = field(default_factory=dict[str, Sequence[Lift]])
    downcasters: Mapping[str, Sequence[Lift]] = field(default_factory=dict[str, Sequence[Lift]])
    schema_extras: Mapping[str, Json] = field(default_factory=dict[str, Json])

    members: Mapping[str, Field] = field(init=False)
    """The value's fields, by their names in JSON."""
    events: Mapping[str, type] = field(init=False)
    """The events' classes, by their names."""
    event_members: Mapping[str, Mapping[str, Field]] = field(init=False)
    """The fields of each event, by the event's name."""

    def __post_init__(self) -> None:
        """Compile the types, and refuse what cannot work."""
        changes = self._changes()
        members = members_of(self.of)
        events = {event.__name__: event for event in (self.created, *changes, self.deleted)}
        if len(events) < len(changes) + 2:
            raise InvalidDefinition(f"{self.name}: two events have one name")
        object.__setattr__(self, "members", members)
        object.__setattr__(self, "events", events)
        held = {self.created.__name__: members, **{each.__name__: members_of(each) for each in changes}}
        object.__setattr__(self, "event_members", {**held, self.deleted.__name__: {}})
        for fault in faults_of(self):
            raise InvalidDefinition(f"{self.name}: {fault}")

    def __repr__(self) -> str:
        """Return its name only, so that an error stays short enough to read."""
        return f"<the resource {self.name}>"

    def _changes(self) -> tuple[type, ...]:
        hints = [hint for name, hint in get_type_hints(self.apply).items() if name != "return"]
        if len(hints) != _PARAMETERS:
            raise InvalidDefinition(f"{self.name}: annotate apply(value, event): the events are those of its second")
        return get_args(hints[1]) or (hints[1],)

    # The refusals that every resource has

    @property
    def already_exists(self) -> Refusal:
        """The refusal of a creation under an id that exists."""
        return Refusal(f"{self.name}-already-exists", self.words.exists)

    @property
    def not_found(self) -> Refusal:
        """The refusal of a change under an id that never existed."""
        return Refusal(f"{self.name}-not-found", self.words.not_found)

    @property
    def was_deleted(self) -> Refusal:
        """The refusal of any request under a deleted id."""
        return Refusal(f"{self.name}-deleted", self.words.deleted)

    def immutable_field(self, name: str) -> Refusal:
        """Return the refusal of a change of an immutable field."""
        return Refusal("immutable-field", self.words.immutable.format(field=name), f"/{name}")


AnyResource: TypeAlias = Resource[Any, Any, Any]


def when_changed(current: Part, proposed: Part, trigger: Callable[[Part], Trigger]) -> Iterator[Trigger]:
    """Yield the trigger for a field if it differs. A trigger builder has a `yield from` of this for each field."""
    if current != proposed:
        yield trigger(proposed)
