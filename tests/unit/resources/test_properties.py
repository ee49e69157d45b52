"""What holds for every car and command, beside the laws of every resource (tests/laws)."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from resources.cars import CARS, Car
from trigger_pattern.definition.representation import read_whole
from trigger_pattern.definition.requests import Request
from trigger_pattern.kernel import Executed, Refused
from trigger_pattern_testing.scenario import decide
from trigger_pattern_testing.stories import CONTEXT, Drawer

DRAWER = Drawer(CARS, {})
METHODS = st.sampled_from(["PUT", "PATCH", "DELETE"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def with_request(drawn: tuple[Car, str]) -> st.SearchStrategy[tuple[Car, Request]]:
    car, method = drawn
    return st.tuples(st.just(car), DRAWER.requests(car, method))


cars_with_requests: Any = st.tuples(DRAWER.values, METHODS).flatmap(with_request)


@given(cars_with_requests)
def test_every_command_handled_twice_adds_nothing_the_second_time(drawn: tuple[Car, Request]) -> None:
    car, request = drawn
    first = decide(CARS, car, request, CONTEXT)
    if isinstance(first, Executed):
        second = decide(CARS, first.state, request, CONTEXT)
        assert isinstance(second, Refused) or not second.events


@given(cars_with_requests)
def test_mileage_never_goes_down(drawn: tuple[Car, Request]) -> None:
    car, request = drawn
    executed = decide(CARS, car, request, CONTEXT)
    if isinstance(executed, Executed) and isinstance(executed.state, Car):
        assert executed.state.mileage >= car.mileage


@given(st.dictionaries(st.text(max_size=10) | st.sampled_from(["year", "vin", "color", "owner"]), json_values))
def test_no_representation_whatever_is_more_than_refused(representation: dict[str, object]) -> None:
    assert isinstance(read_whole(CARS, representation), Refused)
