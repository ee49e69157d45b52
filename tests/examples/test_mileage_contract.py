"""Events that come late, twice, out of order or not at all, and functions that die between them."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mileage.consumer import RETRIES, Consumer, EventsMissing, RaceLost
from mileage.contract import Decision, decide
from mileage.events import CarEvent, CarId
from mileage.report import Car, Change
from tests.examples.mileage_world import (
    ANNA,
    BORIS,
    CAR,
    Crashed,
    Happening,
    MemoryLog,
    MemoryStore,
    consumer,
    created,
    deleted,
    driven_to,
    inspected,
    no_pause,
    painted,
    report_of,
    sold_to,
    story,
)  # fmt: skip

LIFE = story(created(mileage=0), driven_to(10), sold_to(BORIS), driven_to(25), painted())
LAST = len(LIFE)


@pytest.mark.parametrize(
    ("seen", "version", "decision"),
    [
        (0, 1, Decision.ACCEPT),
        (4, 5, Decision.ACCEPT),
        (4, 4, Decision.DROP),
        (4, 1, Decision.DROP),
        (4, 6, Decision.FETCH),
        (0, 2, Decision.FETCH),
    ],
)
def test_the_next_version_is_taken_an_old_one_dropped_and_a_gap_fetched(
    seen: int, version: int, decision: Decision
) -> None:
    assert decide(seen, version) == decision


def test_in_order_nobody_asks_the_registry() -> None:
    store, log = delivered(LIFE)
    assert store.report == {ANNA: (0, 10), BORIS: (1, 15)}
    assert log.asked == []


def test_a_duplicate_has_no_effect() -> None:
    store, log = delivered([event for event in LIFE for _ in range(2)])
    assert store.report == report_of(LIFE)
    assert (store.writes, log.asked) == (LAST, [])


def test_a_lost_event_is_read_from_the_registry() -> None:
    store, log = delivered([LIFE[0], LIFE[1], LIFE[3]])
    assert store.report == report_of(LIFE)
    assert (store.writes, log.asked) == (3, [2])


def test_a_reordered_event_is_dropped_when_it_comes_at_last() -> None:
    store, log = delivered([LIFE[1], LIFE[0], *LIFE[2:]])
    assert store.report == report_of(LIFE)
    assert log.asked == [0]


def test_a_car_that_was_there_before_the_consumer_is_read_from_its_beginning() -> None:
    store, log = delivered([LIFE[-1]])
    assert store.report == report_of(LIFE)
    assert log.asked == [0]


def test_a_crash_in_the_middle_of_a_log_keeps_what_was_done() -> None:
    store = MemoryStore(faults=iter(["", "before"]))
    log = MemoryLog({CAR: LIFE})
    with pytest.raises(Crashed):
        consumer(store, log).take(LIFE[-1])
    consumer(store, log).take(LIFE[-1])
    assert store.report == report_of(LIFE)
    assert log.asked == [0, 3]


def test_a_registry_that_lacks_what_it_published_is_asked_again_later() -> None:
    store = MemoryStore()
    with pytest.raises(EventsMissing):
        consumer(store, MemoryLog({CAR: LIFE[:2]})).take(LIFE[3])
    assert store.cars[CAR].version == 2


@pytest.mark.parametrize("rivals", [1, RETRIES])
def test_whoever_loses_a_race_decides_anew(rivals: int) -> None:
    store = Contested(rivals=rivals)
    Consumer(store, MemoryLog({CAR: LIFE}), no_pause).take(LIFE[-1])
    assert store.report == report_of(LIFE)


def test_who_always_loses_leaves_it_to_the_queue() -> None:
    with pytest.raises(RaceLost):
        Consumer(Contested(rivals=LAST), MemoryLog({CAR: LIFE}), no_pause).take(LIFE[-1])


@dataclass
class Contested(MemoryStore):
    """Between a read and its write, a rival takes the car's next event, so many times."""

    rivals: int = 0

    def move(self, before: Car, after: Car, changes: Sequence[Change]) -> None:
        if self.rivals:
            self.rivals -= 1
            consumer(MemoryStore(self.cars, self.report), MemoryLog({})).take(LIFE[self.car(CAR).version])
        super().move(before, after, changes)


Step = int | str | Happening
"""Miles, a new owner, or whatever else happens to a car."""

steps: st.SearchStrategy[list[Step]] = st.lists(
    st.one_of(st.integers(1, 99), st.sampled_from([ANNA, BORIS, "carla"]), st.sampled_from([painted(), inspected()])),
    max_size=8,
)


@st.composite
def stories(draw: st.DrawFn, car_id: CarId) -> list[CarEvent]:
    """Return a car's life: odometers only go up, and nothing comes after a deletion."""
    mileage = draw(st.integers(0, 99))
    happenings = [created(draw(st.sampled_from([ANNA, BORIS])), mileage)]
    for step in draw(steps):
        match step:
            case int(miles):
                mileage += miles
                happenings.append(driven_to(mileage))
            case str(owner):
                happenings.append(sold_to(owner))
            case _:
                happenings.append(step)
    ending = [deleted()] if draw(st.booleans()) else []
    return story(*happenings, *ending, car_id=car_id)


@st.composite
def schedules(draw: st.DrawFn) -> tuple[list[list[CarEvent]], list[CarEvent]]:
    """Return two cars' stories, and what of them arrives, in which order: anything, but each one's last event."""
    told = [draw(stories(CAR)), draw(stories(CarId("another")))]
    events = [event for events in told for event in events]
    others = draw(st.lists(st.sampled_from(events), max_size=12))
    return told, draw(st.permutations([*others, told[0][-1], told[1][-1]]))


@given(schedules(), st.lists(st.sampled_from(["", "before", "after"]), max_size=12))
def test_any_schedule_ends_with_the_report_of_events_in_order(
    schedule: tuple[list[list[CarEvent]], list[CarEvent]], faults: list[str]
) -> None:
    told, arriving = schedule
    store = MemoryStore(faults=iter(faults))
    log = MemoryLog({events[0].car_id: events for events in told})
    for event in arriving:
        deliver_until_taken(consumer(store, log), event)
    assert store.report == report_of(*told)


def deliver_until_taken(taker: Consumer, event: CarEvent) -> None:
    while True:
        try:
            return taker.take(event)
        except Crashed:
            continue


def delivered(events: list[CarEvent]) -> tuple[MemoryStore, MemoryLog]:
    """Deliver events of the example car."""
    store, log = MemoryStore(), MemoryLog({CAR: LIFE})
    for event in events:
        consumer(store, log).take(event)
    return store, log
