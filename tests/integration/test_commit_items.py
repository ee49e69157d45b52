"""Whatever an item of the events table holds, it is read, or it is one of two faults; and no fault repeats a value."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from traceback import format_exception
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from resources.cars import CARS, Color, ColorChanged, Deleted, MileageChanged
from tests.support.cars import car_created
from tests.support.commits import commits_of
from tools.ops.history.life import Life
from tools.ops.scanning import version
from trigger_pattern.application.cloud_event import cloud_event
from trigger_pattern.application.commits import events_of
from trigger_pattern.aws.dynamodb.commit_item import CorruptItem, read_commit, read_stored, write_commit
from trigger_pattern.definition.stored import CorruptEvent, UnknownEvent

Item = dict[str, Any]
Attributes = st.SearchStrategy[Any]
ITEMS: list[Item] = [
    write_commit(CARS, commit)
    for commit in commits_of([car_created()], [ColorChanged(Color.RED), MileageChanged(15_000)], [Deleted()])
]
OWNER = "jane.doe"

digits = st.integers(-(10**40), 10**40).map(str)
exponents = st.builds("{}E{:+}".format, st.integers(-9, 9), st.integers(-140, 140))
odd_numbers = st.sampled_from(["NaN", "-0", "Infinity", "1.0", "0.5", "1E+38", "", "one", "9" * 39, "9" * 5_000])
times = st.sampled_from(
    [
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "2026-11-01T12:00:00",
        "2026-W44-7T12:00:00Z",
        "now",
        "0",
    ]
)
texts = st.text(max_size=5) | times | st.sampled_from([OWNER, "Created", "ColorChanged", "Deleted", "Repainted"])
numbers = digits | exponents | odd_numbers


def typed(kind: str, values: Attributes) -> Attributes:
    """Attributes of one of DynamoDB's types."""
    return st.fixed_dictionaries({kind: values})


flat: Attributes = st.one_of(
    typed("S", texts),
    typed("N", numbers),
    typed("B", st.binary(max_size=3) | st.just("amFuZQ==")),
    typed("BOOL", st.booleans()),
    st.just({"NULL": True}),
    typed("SS", st.lists(texts, max_size=2)),
    typed("NS", st.lists(numbers, max_size=2)),
    typed("BS", st.lists(st.binary(max_size=3), max_size=2)),
    st.sampled_from([{}, {"XX": "?"}, {"S": None}, {"N": 7}, {"M": None}, {"L": "?"}, None, "?"]),
)
names = st.sampled_from(["type", "schemaVersion", "data", "color", "mileage", "owner", "make", "deleted", OWNER])
attributes: Attributes = st.recursive(
    flat,
    lambda inner: st.one_of(
        typed("L", st.lists(inner, max_size=3)),
        typed("M", st.dictionaries(names, inner, max_size=3)),
    ),
    max_leaves=6,
)


def places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of an item at which there is a value, however deep."""
    elements: list[Any] = value.get("L", [])
    inner: Mapping[Any, Any] = value if not above else value.get("M") or dict(enumerate(elements))
    for name, element in inner.items():
        place = (*above, name)
        yield place
        yield from places(element, place)


def changed(item: Item, place: tuple[Any, ...], attribute: Any) -> Item:
    """The item with another attribute at a place."""
    *above, name = place
    copy = deepcopy(item)
    inner: Any = copy
    for step in above:
        inner = inner[step] if inner is copy else _elements(inner)[step]
    (inner if inner is copy else _elements(inner))[name] = attribute
    return copy


def _elements(attribute: Any) -> Any:
    return attribute["M"] if "M" in attribute else attribute["L"]


PLACES = [(item, place) for item in ITEMS for place in [*places(item), ("price",)]]


@given(st.sampled_from(PLACES), attributes)
@example((ITEMS[0], ("version",)), {"N": "1" * 39})
@example((ITEMS[0], ("events", 0, "data", "mileage")), {"N": "1E+38"})
@example((ITEMS[1], ("occurredAt",)), {"S": "0001-01-01T00:00:00+23:59"})
def test_an_item_is_a_commit_or_one_of_two_faults_whatever_it_holds(
    at: tuple[Item, tuple[Any, ...]], attribute: Any
) -> None:
    item = changed(*at, attribute)
    try:
        commit = read_commit(CARS, item)
    except (CorruptItem, UnknownEvent):
        return
    assert commit.last_version >= commit.version >= 1


def test_an_event_that_could_not_be_read_again_is_not_written() -> None:
    _, out_of_bounds = commits_of([car_created()], [MileageChanged(10**9)])
    with pytest.raises(CorruptEvent):
        write_commit(CARS, out_of_bounds)


@given(st.sampled_from(PLACES), attributes)
def test_what_is_read_as_it_is_stored_can_be_published_or_is_corrupt(
    at: tuple[Item, tuple[Any, ...]], attribute: Any
) -> None:
    try:
        events = events_of(CARS, read_stored(CARS, changed(*at, attribute)), {"make": "BMW"})
    except (CorruptItem, CorruptEvent):
        return
    assert [json.dumps(cloud_event(CARS, event, "tag:example.com,2026:cars/test"), allow_nan=False) for event in events]


@given(st.sampled_from(PLACES), attributes)
def test_verify_names_what_is_no_commit_and_crashes_at_nothing(
    at: tuple[Item, tuple[Any, ...]], attribute: Any
) -> None:
    item = changed(*at, attribute)
    assume(at[1][0] not in ("carId", "version"))  # the key: DynamoDB sees to its types
    chapter = Life(CARS, item["carId"]["S"], version=version(item) - 1, due=version(item), state=None).follow(item)
    assert chapter.is_known == (not traceback_of(item))
    assert chapter.faults or chapter.is_known


@pytest.mark.parametrize(
    ("item", "place"),
    PLACES,
    ids=[f"{item['version']['N']}-{'.'.join(map(str, place))}" for item, place in PLACES],
)
@pytest.mark.parametrize("value", [{"S": OWNER}, {"L": [{"S": OWNER}]}, {"SS": [OWNER]}, {"N": OWNER}])
def test_no_fault_repeats_a_value_not_even_by_what_caused_it(item: Item, place: tuple[Any, ...], value: Any) -> None:
    assert OWNER not in traceback_of(changed(item, place, value))


def traceback_of(item: Item) -> str:
    """The traceback of reading an item, with every fault that another one caused; empty if it can be read."""
    try:
        read_commit(CARS, item)
    except (CorruptItem, UnknownEvent) as fault:
        return "".join(format_exception(fault))
    return ""


EVENT: Item = {"type": {"S": "ColorChanged"}, "schemaVersion": {"N": "1"}, "data": {"M": {"color": {"S": "red"}}}}
NO_EVENTS: dict[str, Any] = {
    "none": {"L": []},
    "no list": {"S": "none"},
    "a text": {"L": [{"S": "Created"}]},
    "a type alone": {"L": [{"M": {"type": {"S": "Deleted"}}}]},
    "no attribute": {"XX": "no such type"},
}
NO_EVENT: list[Item] = [
    {"data": {"S": "red"}}, {"data": {"M": {"color": {"S": "pink"}}}}, {"data": {"M": {}}}, {"type": {"S": "Created"}},
    {"type": {"L": []}}, {"type": {"S": ""}}, {"type": {"S": "Repainted again"}}, {"schemaVersion": {"N": "0"}},
    {"schemaVersion": {"N": "-1"}}, {"schemaVersion": {"S": "1"}}, {"data": {"M": {"mileage": {"N": "0.5"}}}},
    {"data": {"M": {"photo": {"B": b"..."}}}}, {"data": {"M": {"colors": {"SS": ["red"]}}}},
]  # fmt: skip
NO_ATTRIBUTE: list[tuple[str, Any]] = [
    ("carId", {"S": "jane"}), ("carId", {"S": "AD4181F8-C33F-4E81-9D9E-0896188D73F0"}), ("version", {"N": "1.5"}),
    ("version", {"N": "0"}), ("version", {"N": "1E+126"}), ("foldVersion", {"N": "1.5"}), ("foldVersion", {"S": "1"}),
    ("foldVersion", {"N": "1234567890" * 4}), ("sequence", {"S": "many"}), ("sequence", {"L": []}),
    ("issuedAt", {"S": "yesterday"}), ("issuedAt", {"N": "1793534400"}), ("issuedAt", {"S": "2026-11-01T12:00:00"}),
    ("issuedAt", {"S": "9999-12-31T23:59:59-23:59"}), ("occurredAt", {"S": ""}), ("occurredAt", {"S": "2026-11-01"}),
    ("occurredAt", {"S": "0001-01-01T00:00:00+23:59"}), ("commandId", {"N": "7"}), ("actor", {"NULL": True}),
    ("correlationId", {"M": {}}), ("queue", {"L": []}), *(("events", events) for events in NO_EVENTS.values()),
    *(("events", {"L": [{"M": {**EVENT, **event}}]}) for event in NO_EVENT),
]  # fmt: skip


@pytest.mark.parametrize(("attribute", "value"), NO_ATTRIBUTE)
def test_an_item_that_no_code_wrote_is_corrupt(attribute: str, value: Any) -> None:
    with pytest.raises(CorruptItem):
        read_commit(CARS, {**ITEMS[0], attribute: value})


@pytest.mark.parametrize("attribute", sorted(ITEMS[0].keys() - {"state"}))
def test_an_item_that_lacks_an_attribute_is_corrupt(attribute: str) -> None:
    with pytest.raises(CorruptItem):
        read_commit(CARS, {name: value for name, value in ITEMS[0].items() if name != attribute})


@pytest.mark.parametrize(
    "value", [{"S": "sunny"}, {"N": "0.5"}, {"N": "1E+126"}, {"B": b"x"}, {"SS": ["a"]}, {"NULL": True}]
)
def test_an_attribute_that_newer_code_added_is_passed_over_whatever_it_is(value: Any) -> None:
    assert read_commit(CARS, {**ITEMS[0], "weather": value}) == read_commit(CARS, ITEMS[0])


@pytest.mark.parametrize("state", [{"M": {"wheels": {"N": "4"}}}, {"S": "?"}])
def test_a_state_of_another_fold_may_have_any_form(state: Any) -> None:
    assert read_commit(CARS, {**ITEMS[0], "foldVersion": {"N": "0"}, "state": state}).state is None
