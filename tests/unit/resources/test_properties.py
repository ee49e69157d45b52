"""What holds for every car, every history and every command."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from hypothesis import assume, given
from hypothesis import strategies as st

from resources.cars import CARS, Car, CarType, Color, Condition, OwnerId, Vin, compare
from tests.support.cars import CAR_ID, CONTEXT, ROOT
from trigger_pattern.definition.life import State
from trigger_pattern.definition.representation import read_whole, represent
from trigger_pattern.definition.requests import (
    CreateRequest,
    DeleteRequest,
    PatchRequest,
    Request,
    UpdateRequest,
    build_triggers,
)
from trigger_pattern.definition.stored import read_event, read_state, write_event, write_state
from trigger_pattern.kernel import Executed, Refused, execute

owners = st.sampled_from([OwnerId(UUID(int=n)) for n in range(1, 4)])
vins = st.text("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", min_size=17, max_size=17).map(Vin)


def car_of(car_type: CarType, **fields: Any) -> Car:
    return Car(make=car_type.make, model=car_type.model, **fields)


cars = st.builds(
    car_of,
    st.sampled_from(CarType),
    year=st.integers(2000, 2027),
    vin=vins,
    color=st.sampled_from(Color),
    mileage=st.integers(0, 1000),
    owner=owners,
    condition=st.sampled_from(Condition),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def stories(draw: st.DrawFn) -> list[Request]:
    """A car, then changes of some of its fields, now and then a delete or another create."""
    car = represent(CARS, draw(cars))
    changes: dict[str, Any] = {
        "color": st.sampled_from([color.value for color in Color]),
        "mileage": st.integers(0, 1000),
        "owner": owners.map(str),
        "condition": st.sampled_from([condition.value for condition in Condition]),
        "year": st.just(2001),
    }
    changed = st.fixed_dictionaries({}, optional=changes)
    puts = changed.map(lambda fields: UpdateRequest(CAR_ID, {**car, **fields}))
    patches = changed.map(lambda fields: PatchRequest(CAR_ID, fields))
    others: st.SearchStrategy[Request] = st.sampled_from([DeleteRequest(CAR_ID), CreateRequest(CAR_ID, car)])
    return [CreateRequest(CAR_ID, car), *draw(st.lists(st.one_of(puts, puts, patches, others), max_size=8))]


def tell(commands: list[Request]) -> tuple[list[object], list[State]]:
    """Handle commands one after the other; give every event, and the state inline after each."""
    state, events, states = ROOT.zero, list[object](), list[State]()
    for command in commands:
        result = handle(command, state)
        if isinstance(result, Executed) and result.events:
            state = result.state
            events.extend(result.events)
            states.append(state)
    return events, states


def handle(command: Request, state: State) -> Executed[State, object] | Refused:
    triggers = build_triggers(CARS, command, state)
    return triggers if isinstance(triggers, Refused) else execute(ROOT, state, triggers, CONTEXT)


@given(stories())
def test_the_inline_state_equals_the_fold(commands: list[Request]) -> None:
    events, states = tell(commands)
    assert ROOT.fold(events) == (states[-1] if states else ROOT.zero)


@given(stories())
def test_every_command_handled_twice_adds_nothing_the_second_time(commands: list[Request]) -> None:
    state: State = ROOT.zero
    for command in commands:
        first = handle(command, state)
        if isinstance(first, Executed):
            state = first.state
            second = handle(command, state)
            assert isinstance(second, Refused) or not second.events


@given(stories())
def test_replay_is_deterministic(commands: list[Request]) -> None:
    assert tell(commands) == tell(commands)


@given(stories())
def test_mileage_never_goes_down_in_any_history(commands: list[Request]) -> None:
    _, states = tell(commands)
    mileages = [state.mileage for state in states if isinstance(state, Car)]
    assert mileages == sorted(mileages)


@given(cars, cars)
def test_the_triggers_of_compare_lead_from_one_car_to_the_other(a: Car, b: Car) -> None:
    assume(b.mileage >= a.mileage)
    b = replace(a, color=b.color, mileage=b.mileage, owner=b.owner, condition=b.condition)
    executed = execute(ROOT, a, compare(a, b), CONTEXT)
    assert isinstance(executed, Executed)
    assert executed.state == b


@given(cars)
def test_a_car_differs_in_nothing_from_itself(car: Car) -> None:
    assert tuple(compare(car, car)) == ()


@given(cars)
def test_a_represented_car_is_read_back(car: Car) -> None:
    assert read_whole(CARS, represent(CARS, car)) == car


@given(stories())
def test_stored_events_and_states_are_read_back(commands: list[Request]) -> None:
    events, states = tell(commands)
    assert [read_event(CARS, write_event(CARS, event)) for event in events] == events
    assert [read_state(CARS, write_state(CARS, state)) for state in states] == states


@given(st.dictionaries(st.text(max_size=10) | st.sampled_from(["year", "vin", "color", "owner"]), json_values))
def test_no_representation_whatever_is_more_than_refused(representation: dict[str, object]) -> None:
    assert isinstance(read_whole(CARS, representation), Refused)
