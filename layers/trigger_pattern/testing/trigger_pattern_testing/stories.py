"""Stories drawn by hypothesis: one resource, from its creation on, and some requests to change it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from hypothesis import strategies as st

from trigger_pattern.definition.codecs import Json
from trigger_pattern.definition.life import Gone, NotCreated, State, root_of
from trigger_pattern.definition.representation import represent
from trigger_pattern.definition.requests import CreateRequest, DeleteRequest, PatchRequest, Request, UpdateRequest
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Context, Refusal, Refused
from trigger_pattern_testing.drawing import Drawing, Drawn
from trigger_pattern_testing.merging import difference
from trigger_pattern_testing.owning import refuse_unknown_fields
from trigger_pattern_testing.scenario import ACTOR, ID, NOW, decide
from trigger_pattern_testing.successors import successor

CONTEXT: Final = Context(ID, NOW, ACTOR)
_MOST_REQUESTS: Final = 5
_METHODS: Final = ("PUT", "PUT", "PUT", "PATCH", "PATCH", "PATCH", "DELETE")


@dataclass
class Story:
    """A history of a resource, and the results of requests: the last state, events and every reason for a refusal."""

    history: tuple[object, ...]
    state: State
    events: list[object] = field(default_factory=list[object])
    refusals: list[Refusal] = field(default_factory=list[Refusal])


@dataclass(frozen=True)
class Drawer:
    """Draws values, requests and stories of a resource."""

    resource: AnyResource
    own: Mapping[str, Drawn]

    def __post_init__(self) -> None:
        """Raise ValueError if `own` has a field that the resource has not."""
        refuse_unknown_fields(self.resource, self.own)

    @cached_property
    def stored(self) -> Drawing:
        """Draws values that can be stored."""
        return Drawing(self.own)

    @cached_property
    def proposed(self) -> Drawing:
        """Draws values that requests can have."""
        return Drawing(self.own, wide=True)

    @cached_property
    def values(self) -> Drawn:
        """Values that can be stored."""
        resource = self.resource
        return self.stored.record(resource.of).filter(lambda value: not list(resource.check(value)))

    @cached_property
    def proposals(self) -> Drawn:
        """Values that a request can have; the domain may refuse them."""
        return self.proposed.record(self.resource.of)

    def after(self, current: object) -> Drawn:
        """Draw the value that a client's next request proposes."""
        return successor(self.proposed, current)

    def creation(self, value: object) -> CreateRequest:
        """Return a POST of a value."""
        members = self.resource.members
        written = represent(self.resource, value).items()
        return CreateRequest(ID, {name: each for name, each in written if "not on creation" not in members[name].marks})

    def stories(self) -> st.SearchStrategy[Story]:
        """Draw stories. Half of them begin with a value that exists, whether or not it can be created today."""
        return _stories(self)

    def requests(self, state: State, method: str) -> st.SearchStrategy[Request]:
        """Draw a client's next request; before a creation, and after a deletion, a POST instead of PUT and PATCH."""
        if method == "DELETE":
            return st.just(DeleteRequest(ID))
        if isinstance(state, NotCreated | Gone):
            return self._creations
        if method == "PUT":
            return self.after(state).map(lambda value: UpdateRequest(ID, represent(self.resource, value)))
        return self.after(state).map(lambda value: PatchRequest(ID, self._patch(state, value)))

    @cached_property
    def _creations(self) -> st.SearchStrategy[Request]:
        return (self.proposals | self.values).map(self.creation)

    def _patch(self, current: object, proposed: object) -> dict[str, Json]:
        return difference(represent(self.resource, current), represent(self.resource, proposed))


@st.composite
def _stories(draw: st.DrawFn, drawer: Drawer) -> Story:
    resource = drawer.resource
    history = (resource.created(draw(drawer.values)),) if draw(st.booleans()) else ()
    story = Story(history, root_of(resource).fold(history))
    for _ in range(draw(st.integers(1, _MOST_REQUESTS))):
        request = draw(drawer.requests(story.state, draw(st.sampled_from(_METHODS))))
        result = decide(resource, story.state, request, CONTEXT)
        if isinstance(result, Refused):
            story.refusals += result.reasons
        else:
            story.events += result.events
            story.state = result.state
    return story
