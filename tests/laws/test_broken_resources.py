"""Each law fails for a resource that breaks it: a law that nothing breaks shows nothing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

import pytest
from hypothesis import Phase
from hypothesis import strategies as st
from hypothesis.errors import FlakyFailure

from examples.accounts.accounts import ACCOUNTS, Account, Event, Trigger
from tests.laws.carts import CARTS, AddressChanged, Cart, Change, LineChanged, LinesReordered, compare
from trigger_pattern import Context, Creation, Deletion, Parsed, Refusal, Refused, Resource
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern_testing.laws import Laws
from trigger_pattern_testing.stories import Drawer


def laws_of(broken: AnyResource) -> Laws:
    class OfIt(Laws):
        resource = broken
        phases = (Phase.generate,)
        stories = 100

    return OfIt()


def without(kind: type) -> AnyResource:
    """Return carts whose trigger builder forgets a kind of change."""

    def forgetful(current: Cart, proposed: Cart) -> Iterator[Change]:
        return (change for change in compare(current, proposed) if not isinstance(change.event, kind))

    return replace(CARTS, compare=forgetful)


@pytest.mark.parametrize("kind", [LinesReordered, LineChanged, AddressChanged])
def test_a_cart_that_loses_a_change_is_caught(kind: type) -> None:
    with pytest.raises(AssertionError, match="lead to another value"):
        laws_of(without(kind)).test_triggers_lead_from_the_current_value_to_the_proposed_one()


def test_a_trigger_without_a_change_is_caught() -> None:
    def always(current: Cart, proposed: Cart) -> Iterator[Change]:
        yield Change(LinesReordered(tuple(line.article for line in proposed.lines)))

    with pytest.raises(AssertionError, match="triggers without a change"):
        laws_of(replace(CARTS, compare=always)).test_a_value_differs_in_nothing_from_itself()


@pytest.mark.parametrize("name", ["Cart.linse", "lines", "Line.linePrice", "Cart.pieces", "Ordered.value"])
def test_a_strategy_for_no_field_is_caught(name: str) -> None:
    class OfCarts(Laws):
        resource = CARTS
        own: ClassVar = {name: st.none()}

    with pytest.raises(ValueError, match=rf"no field is called {name}.* There are Cart\..*Line\.pieces.*LineChanged\."):
        OfCarts().test_every_refusal_is_declared()


@pytest.mark.parametrize("name", ["Cart.lines", "Line.pieces", "AddressChanged.address"])
def test_a_strategy_may_be_for_a_field_of_the_value_of_a_nested_one_or_of_an_event(name: str) -> None:
    assert Drawer(CARTS, {name: st.none()}).own


def test_an_event_that_is_never_caused_is_caught() -> None:
    laws = laws_of(without(LinesReordered))
    with pytest.raises(AssertionError, match=r"never seen(.|\n)*LinesReordered"):
        laws.test_every_event_and_every_refusal_is_seen()


def test_a_refusal_that_never_happens_is_caught() -> None:
    dead = Refusal("account-too-old", "The account is too old.")
    laws = laws_of(replace(ACCOUNTS, refusals=(*ACCOUNTS.refusals, dead)))
    with pytest.raises(AssertionError, match=r"in 100 stories: raise `stories`.*`own`(.|\n)*account-too-old"):
        laws.test_every_event_and_every_refusal_is_seen()


def test_a_refusal_that_is_not_declared_is_caught() -> None:
    with pytest.raises(AssertionError, match="account-frozen"):
        laws_of(replace(ACCOUNTS, refusals=ACCOUNTS.refusals[1:])).test_every_refusal_is_declared()


def test_an_apply_that_depends_on_more_than_its_arguments_is_caught() -> None:
    seen = list[Event]()

    def apply(account: Account, event: Event) -> Account:
        seen.append(event)
        return replace(account, nickname=None) if len(seen) % 2 else ACCOUNTS.apply(account, event)

    with pytest.raises(FlakyFailure):
        laws_of(replace(ACCOUNTS, apply=apply)).test_the_events_fold_to_the_state_that_the_last_commit_carries()


@dataclass(frozen=True)
class Plate:
    """A car's plate, of a type that the author made."""

    text: str


def plates(write: Callable[[Plate], str]) -> AnyResource:
    """Return a resource with one field of the author's type."""
    form = {"type": "string", "pattern": "^[A-Z]{1,3}$"}

    @dataclass(frozen=True)
    class Sign:
        plate: Annotated[Plate, Parsed(Plate, accepts=form, stores=form, most=6, write=write)]

    @dataclass(frozen=True)
    class Painted:
        plate: Annotated[Plate, Parsed(Plate, accepts=form, stores=form, most=6, write=write)]

    class Made(Creation[Sign]):
        """It was made."""

    class Scrapped(Deletion):
        """It was scrapped."""

    def apply(sign: Sign, event: Painted) -> Sign:
        return replace(sign, plate=event.plate)

    def no_change(current: Sign, proposed: Sign) -> Iterator[Painted]:
        yield from ()

    def fire(sign: Sign, trigger: Painted, _: Context) -> Painted | Refused:
        return trigger

    apply.__annotations__ = {"sign": Sign, "event": Painted, "return": Sign}
    return Resource(
        name="sign", plural="signs", of=Sign, created=Made, deleted=Scrapped, compare=no_change, fire=fire, apply=apply
    )


def test_a_type_of_the_authors_that_reads_back_as_another_value_is_caught() -> None:
    laws = laws_of(plates(lambda plate: plate.text[:1] + "x"))
    with pytest.raises(AssertionError, match="a value reads back"):
        laws.test_values_and_states_read_back_as_they_were_written()
    with pytest.raises(AssertionError, match="an event reads back"):
        laws.test_events_read_back_as_they_were_written()


def test_a_type_of_the_authors_that_is_written_in_two_ways_is_caught() -> None:
    laws = laws_of(plates(lambda plate: plate.text.swapcase()))
    with pytest.raises(AssertionError, match="two canonical texts"):
        laws.test_a_representation_has_one_canonical_text()


def test_a_patch_that_means_something_else_than_a_put_is_caught() -> None:
    asked = list[Account]()

    def compare_once(current: Account, proposed: Account) -> Iterable[Trigger]:
        asked.append(proposed)
        return () if len(asked) % 2 else ACCOUNTS.compare(current, proposed)

    laws = laws_of(replace(ACCOUNTS, compare=compare_once))
    with pytest.raises(AssertionError, match="differs from PUT"):
        laws.test_a_patch_does_what_a_put_of_the_merged_representation_does()


def test_the_laws_are_the_same_every_time() -> None:
    def messages() -> str:
        with pytest.raises(AssertionError) as caught:
            laws_of(without(LinesReordered)).test_triggers_lead_from_the_current_value_to_the_proposed_one()
        return str(caught.value)

    assert messages() == messages()
