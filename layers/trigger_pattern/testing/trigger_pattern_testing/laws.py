"""Laws that hold for every resource, over values drawn from its types. Derive `Laws`, set `resource`, run pytest."""

import json
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from trigger_pattern.application.json_text import read_json
from trigger_pattern.aws.dynamodb.attributes import read_item, write_item
from trigger_pattern.definition.codecs import Json
from trigger_pattern.definition.life import Gone, root_of
from trigger_pattern.definition.representation import read_whole, represent
from trigger_pattern.definition.requests import PatchRequest, Request, UpdateRequest
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import read_event, read_state, write_event, write_state
from trigger_pattern.kernel import Refused
from trigger_pattern_testing.drawing import Drawn
from trigger_pattern_testing.expecting import expect_equal
from trigger_pattern_testing.merging import difference, merge
from trigger_pattern_testing.reproducible import BACKEND
from trigger_pattern_testing.scenario import ID, Result, decide
from trigger_pattern_testing.spelling import spellings
from trigger_pattern_testing.stories import CONTEXT, Drawer, Story
from trigger_pattern_testing.successors import edits


class _AllSeen(Exception):
    """Every event and refusal was seen."""


class Laws:
    """Laws of one resource, deterministic.

    `own` has strategies of hypothesis for fields that need one. A key is `Class.field`, of the value, an event or a
    nested value. A strategy draws values of Python, not JSON: dates, members of an enum, None.

        own: ClassVar = {"Book.isbn": st.sampled_from(["9780321125217", "9781680502466"])}

    `examples` is the number of values drawn for a law. Stories, of a few requests each, are drawn until every event and
    refusal was seen, at most `stories`. `phases` are those of hypothesis; without the shrinking, failures come sooner
    and are larger.
    """

    resource: ClassVar[AnyResource]
    own: ClassVar[Mapping[str, Drawn]] = {}
    examples: ClassVar[int] = 30
    stories: ClassVar[int] = 1_000
    phases: ClassVar[Collection[Phase]] = (Phase.generate, Phase.shrink)

    def test_values_and_states_read_back_as_they_were_written(self) -> None:
        """Also if JSON and DynamoDB's types are between writing and reading."""

        def law(value: object) -> None:
            written = represent(self.resource, value)
            expect_equal(read_whole(self.resource, _transported(written)), value, "a value reads back as another one")
            for state in (value, Gone(value)):
                stored = write_state(self.resource, state)
                read = read_state(self.resource, _transported(stored))
                expect_equal(read, state, f"a state reads back as another one from {stored}")

        self._hold(law, self._drawer.values)

    def test_events_read_back_as_they_were_written(self) -> None:
        """Of each type, with any of the values that it can have."""

        def law(event: object) -> None:
            stored = write_event(self.resource, event)
            read: Any = _transported({**stored})
            expect_equal(read_event(self.resource, read), event, f"an event reads back as another one from {stored}")

        self._hold(law, st.one_of([self._events(event) for event in self.resource.events.values()]))

    def test_a_representation_has_one_canonical_text(self) -> None:
        """However a client spells a value, it is written in one way."""

        def law(spelled: Any) -> None:  # noqa: ANN401 - any JSON
            value = read_whole(self.resource, spelled)
            if not isinstance(value, Refused):
                text = self._text(value)
                again = read_whole(self.resource, read_json(text))
                expect_equal(self._text(again), text, f"{spelled} has two canonical texts")

        self._hold(law, self._drawer.values.flatmap(lambda value: spellings(represent(self.resource, value))))

    def test_a_value_differs_in_nothing_from_itself(self) -> None:
        """A PUT of the current representation changes nothing."""

        def law(value: object) -> None:
            expect_equal(list(self.resource.compare(value, value)), [], f"triggers without a change of {value}")

        self._hold(law, self._drawer.values)

    def test_triggers_lead_from_the_current_value_to_the_proposed_one(self) -> None:
        """Unless they are refused. Immutable fields are not changed here."""

        def law(current: object, proposed: object) -> None:
            result = self._decide(current, UpdateRequest(ID, represent(self.resource, proposed)))
            if not isinstance(result, Refused):
                expect_equal(result.state, proposed, f"the events {result.events} lead to another value from {current}")

        self._hold_of_changes(law)

    def test_a_patch_does_what_a_put_of_the_merged_representation_does(self) -> None:
        """Merged as RFC 7396 has it."""

        def law(current: object, proposed: object) -> None:
            before, after = (represent(self.resource, value) for value in (current, proposed))
            patch = difference(before, after)
            patched = self._decide(current, PatchRequest(ID, patch))
            replaced = self._decide(current, UpdateRequest(ID, merge(before, patch)))
            expect_equal(patched, replaced, f"PATCH {patch} of {before} differs from PUT")

        self._hold_of_changes(law)

    def test_the_events_fold_to_the_state_that_the_last_commit_carries(self) -> None:
        """Read back from storage, oldest first."""

        def law(story: Story) -> None:
            stored = [write_event(self.resource, event) for event in (*story.history, *story.events)]
            read = [read_event(self.resource, event) for event in stored]
            expect_equal(root_of(self.resource).fold(read), story.state, f"another state after {story.events}")

        self._hold(law, self._drawer.stories())

    def test_every_event_and_every_refusal_is_seen(self) -> None:
        """An event or a refusal that no story has is rare, or dead code."""
        unseen = {*self.resource.events, *self._declared_codes}

        def see(story: Story) -> None:
            unseen.difference_update(type(event).__name__ for event in story.events)
            unseen.difference_update(refusal.code for refusal in story.refusals)
            if not unseen:
                raise _AllSeen

        with suppress(_AllSeen):
            given_examples(see, self._drawer.stories(), max_examples=self.stories, phases=[Phase.generate])
        remedy = "raise `stories`, or add a strategy for a field to `own`, unless it cannot happen"
        expect_equal(sorted(unseen), list[str](), f"never seen in {self.stories} stories: {remedy}")

    def test_every_refusal_is_declared(self) -> None:
        """Only the resource's `refusals` are documented."""
        known = self._declared_codes | self._general_codes

        def law(story: Story) -> None:
            unknown = {refusal.code for refusal in story.refusals} - known
            expect_equal(sorted(unknown), list[str](), "not in the resource's refusals")

        self._hold(law, self._drawer.stories())

    @cached_property
    def _drawer(self) -> Drawer:
        return Drawer(self.resource, self.own)

    def _events(self, event: type) -> Drawn:
        if event is self.resource.created:
            return self._drawer.values.map(self.resource.created)
        return self._drawer.stored.record(event)

    def _decide(self, current: object, request: Request) -> Result:
        return decide(self.resource, current, request, CONTEXT)

    def _text(self, value: object) -> str:
        return json.dumps(represent(self.resource, value))

    @property
    def _declared_codes(self) -> set[str]:
        return {refusal.code for refusal in self.resource.refusals}

    @property
    def _general_codes(self) -> set[str]:
        resource = self.resource
        general = {resource.already_exists.code, resource.not_found.code, resource.was_deleted.code}
        return general | {"invalid-value", "missing-value", "unknown-field", "and-more"}

    def _hold_of_changes(self, law: Callable[[object, object], None]) -> None:
        """Try a law on pairs of a current and a proposed value: any single edit, and some edits together."""
        drawer = self._drawer

        def of_pairs(drawn: tuple[object, object, object]) -> None:
            current, other, proposed = drawn
            for each in (*edits(current, other), proposed):
                law(current, each)

        triples = drawer.values.flatmap(lambda value: st.tuples(st.just(value), drawer.proposals, drawer.after(value)))
        self._hold(of_pairs, triples)

    def _hold(self, law: Callable[[Any], None], drawn: Drawn) -> None:
        given_examples(law, drawn, max_examples=self.examples, phases=self.phases)


def given_examples(law: Callable[[Any], None], drawn: Drawn, **options: Any) -> None:  # noqa: ANN401 - hypothesis'
    """Try a law on drawn examples, the same ones every time. Raises the law's exception for the smallest failure."""
    profile = settings(
        backend=BACKEND,
        derandomize=True,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow],
        **options,
    )
    profile(given(drawn)(law))()


def _transported(written: dict[str, Json]) -> dict[str, Json]:
    """Return a written value after a round trip through JSON's text and DynamoDB's attribute values."""
    return read_item(write_item(read_json(json.dumps(written))))
