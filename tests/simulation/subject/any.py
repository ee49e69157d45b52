"""Any resource, held to its own pure functions: what is tested is all that is around them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial
from typing import Any, Final

from hypothesis import Phase

from tests.simulation.run.chance import happens, one_of
from tests.simulation.subject.subject import GONE, Event, Faulty, Fields
from tests.simulation.subject.unreadable import unreadable_commits
from tests.simulation.world.dice import Dice
from trigger_pattern.definition.codecs import Json
from trigger_pattern.definition.life import Gone, NotCreated, State, root_of
from trigger_pattern.definition.representation import read_changes, read_whole, represent, represent_new
from trigger_pattern.definition.requests import (
    CreateRequest,
    DeleteRequest,
    PatchRequest,
    Request,
    UpdateRequest,
)
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import read_event, read_state, schema_version, write_event
from trigger_pattern.kernel import Context, Refused
from trigger_pattern_testing.drawing import Drawn
from trigger_pattern_testing.laws import given_examples
from trigger_pattern_testing.merging import difference
from trigger_pattern_testing.scenario import decide
from trigger_pattern_testing.stories import Drawer
from trigger_pattern_testing.successors import edits

_DRAWN: Final = 100
"""Values of each sort from which a run chooses."""
_MOST_EDITS: Final = 3
_REQUESTS: Final[Mapping[str, Callable[[str, Fields], Request]]] = {
    "Create": CreateRequest,
    "Update": UpdateRequest,
    "Patch": PatchRequest,
    "Delete": lambda its_id, _: DeleteRequest(its_id),
}


class AnySubject:
    """A resource of which only the definition is known.

    Newer code gives each of its events a newer schema, and its fold another number.
    """

    def __init__(self, resource: AnyResource) -> None:
        self.resource: Final = resource
        lifted = {name: (*resource.upcasters.get(name, ()), _keep) for name in resource.events}
        self.newer: Final = replace(resource, fold_version=resource.fold_version + 1, upcasters=lifted)

    @property
    def faulty(self) -> Mapping[str, Faulty]:
        """What is wrong with a command of any resource."""
        kind, members = self.resource.kind, self.resource.members
        whole = represent(self.resource, self._values[0])
        nested: list[Json] = [[]]
        mistyped = {**whole, next(iter(members)): nested}
        commands = {
            "a field too many": Faulty(f"Patch{kind}", {"no-such-field": 4}, frozenset({"unknown-field"})),
            "a wrong type": Faulty(f"Update{kind}", mistyped, frozenset({"invalid-value"})),
        }
        fixed = {name: whole[name] for name, member in members.items() if member.immutable and name in whole}
        if fixed:
            commands["a fixed field in a patch"] = Faulty(f"Patch{kind}", fixed, frozenset({"immutable-field"}))
        return commands

    @property
    def unreadable(self) -> Mapping[str, Fields]:
        """Too few fields are none; a field that cannot be a number is one."""
        return unreadable_commits(self.resource.created.__name__, {}, number=next(iter(self.resource.members)))

    def newer_state(self, state: Fields) -> Fields:
        """Return it as it is."""
        return state

    def older_state(self, state: Fields) -> Fields:
        """Return it as it is."""
        return state

    def decide(self, state: Fields | None, kind: str, given: Fields, at: datetime) -> list[Event] | set[str]:
        """Ask the resource's `compare` and `fire`."""
        its_id = "01a2071d-69c6-77e7-9550-63568fb9f91b"
        request = _REQUESTS[kind.removesuffix(self.resource.kind)](its_id, given)
        result = decide(self.resource, self._state(state), request, Context(its_id, at, "somebody"))
        if isinstance(result, Refused):
            return {reason.code for reason in result.reasons}
        written = [write_event(self.resource, event) for event in result.events]
        return [(event["type"], event["data"]) for event in written]

    def fold(self, state: Fields | None, event: Event) -> Fields:
        """Ask the resource's `apply`."""
        name, data = event
        version = schema_version(self.resource, name)
        read = read_event(self.resource, {"type": name, "schemaVersion": version, "data": data})
        after = root_of(self.resource).apply(self._state(state), read)
        return GONE if isinstance(after, Gone) else represent(self.resource, after)

    def new(self, dice: Dice, what: str) -> dict[str, Any]:
        """Draw a new value, sometimes one that the domain may refuse."""
        values = self._proposals if happens(dice, what, 0.2) else self._values
        return represent_new(self.resource, one_of(dice, what, values))

    def replacement(self, dice: Dice, what: str, number: int, current: Fields | None) -> dict[str, Any]:
        """Draw the current value with some edits, seldom another value, whose immutable fields are others."""
        value = self._value(current)
        if value is None or happens(dice, what, 0.04):
            return represent(self.resource, one_of(dice, what, self._values))
        return represent(self.resource, self._edited(dice, what, value, self._is_valid))

    def patch(self, dice: Dice, what: str, number: int, current: Fields | None) -> dict[str, Any]:
        """Draw what makes the current value one with some edits, possibly nothing, possibly one that is not valid."""
        value = self._value(current)
        before = one_of(dice, what, self._values) if value is None else value
        if happens(dice, what, 0.1):
            return {}
        return self._patch(before, self._edited(dice, what, before, partial(self._can_be_patched, before)))

    def _edited(self, dice: Dice, what: str, value: object, may_be: Callable[[object], bool]) -> object:
        for _ in range(1 + int(dice.between(what, 0, _MOST_EDITS))):
            if possible := list(filter(may_be, edits(value, one_of(dice, what, self._proposals)))):
                value = one_of(dice, what, possible)
        return value

    def _patch(self, before: object, after: object) -> dict[str, Any]:
        return difference(represent(self.resource, before), represent(self.resource, after))

    def _is_valid(self, value: object) -> bool:
        """Return whether the API accepts a value: an edited list can be too long, and `check` can find faults."""
        return not isinstance(read_whole(self.resource, represent(self.resource, value)), Refused)

    def _can_be_patched(self, before: object, after: object) -> bool:
        """Return whether the API accepts the patch; the value may not be valid with it."""
        return not isinstance(read_changes(self.resource, self._patch(before, after)), Refused)

    def _value(self, state: Fields | None) -> object | None:
        """Return what a client knows; None before the creation and after the deletion."""
        return None if state is None or state is GONE else read_state(self.resource, state)

    def _state(self, state: Fields | None) -> State:
        if state is None:
            return NotCreated()
        return Gone(None) if state is GONE else read_state(self.resource, state)

    @cached_property
    def _values(self) -> Sequence[object]:
        """Values that can be stored, always the same ones."""
        return _examples(Drawer(self.resource, {}).values)

    @cached_property
    def _proposals(self) -> Sequence[object]:
        """Values that the API takes, always the same ones; the domain may refuse some."""
        return _examples(Drawer(self.resource, {}).proposals.filter(self._is_valid))


def _examples(drawn: Drawn) -> Sequence[object]:
    found = list[object]()

    def find(value: object) -> None:
        found.append(value)

    given_examples(find, drawn, max_examples=_DRAWN, phases=[Phase.generate])
    return found


def _keep(data: dict[str, Json]) -> dict[str, Json]:
    """Lift an event to its newer schema, which is the same."""
    return data
