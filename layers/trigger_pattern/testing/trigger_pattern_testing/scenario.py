"""given(resource, *events).when(request).then(*events): a test of a resource as one sentence."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from trigger_pattern.definition.life import State, root_of
from trigger_pattern.definition.requests import Request, build_triggers
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Context, Executed, Refusal, Refused, execute
from trigger_pattern_testing.expecting import expect_equal

ID: Final = "01a206e7-d420-7708-b4e8-81bbfc74de67"
NOW: Final = datetime(2026, 11, 1, 12, tzinfo=UTC)
ACTOR: Final = "somebody"

Result = Executed[State, object] | Refused


def decide(resource: AnyResource, state: State, request: Request, context: Context) -> Result:
    """Return the command handler's decision about a request in a state."""
    triggers = build_triggers(resource, request, state)
    return triggers if isinstance(triggers, Refused) else execute(root_of(resource), state, triggers, context)


@dataclass(frozen=True)
class When:
    """The result of a request. Each method raises AssertionError if it was another one."""

    result: Result

    def then(self, *events: object) -> None:
        """Expect exactly these events, in this order."""
        happened = self.result if isinstance(self.result, Refused) else self.result.events
        expect_equal(happened, events, "other events")

    def nothing_happens(self) -> None:
        """Expect no event and no refusal."""
        self.then()

    def refuses(self, *codes: str) -> None:
        """Expect a refusal with these codes, in this order."""
        expect_equal([reason.code for reason in self._reasons()], list(codes), f"not refused so: {self.result}")

    def refuses_fields(self, *pointers: str) -> None:
        """Expect a refusal with these JSON Pointers, in this order."""
        found = [reason.pointer for reason in self._reasons()]
        expect_equal(found, list(pointers), f"not refused so: {self.result}")

    def _reasons(self) -> tuple[Refusal, ...]:
        return self.result.reasons if isinstance(self.result, Refused) else ()


@dataclass(frozen=True)
class Given:
    """A resource with a history."""

    resource: AnyResource
    events: tuple[object, ...]

    def when(self, request: Request, *, now: datetime = NOW, actor: str = ACTOR) -> When:
        """Handle a request after the history. Raises ValueError for a history that is impossible."""
        state = root_of(self.resource).fold(self.events)
        return When(decide(self.resource, state, request, Context(request.id, now, actor)))


def given(resource: AnyResource, *events: object) -> Given:
    """Return the situation after these events, oldest first; without any, nothing was created yet."""
    return Given(resource, events)
