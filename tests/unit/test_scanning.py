"""The order of a scanned segment: whatever order a scan gives, a car's commits come in theirs."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from resources.cars import CARS
from tools.ops.scanning import EventsTable, Item, Order, Page, version
from trigger_pattern.definition.resource import AnyResource


def item(car: str, first: int, events: int = 1) -> Item:
    return {"carId": {"S": car}, "version": {"N": str(first)}, "events": {"L": [{}] * events}}


CAR_A = [item("a", 1), item("a", 2, 3), item("a", 5), item("a", 6, 2)]
CAR_B = [item("b", 1, 2), item("b", 3), item("b", 4)]


@dataclass
class Queried:
    """A table that answers queries from what it holds, and notes who was asked for."""

    items: list[Item]
    asked: list[str] = field(default_factory=list[str])
    resource: AnyResource = CARS

    def commits(self, aggregate_id: str, version_from: int = 1) -> Iterator[Page]:
        self.asked.append(aggregate_id)
        found = [i for i in self.items if i["carId"]["S"] == aggregate_id and version(i) >= version_from]
        yield Page(sorted(found, key=version), None)


def ordered(scanned: list[Item], table: Queried, *cuts: int) -> list[tuple[str, int]]:
    """Read a scan in pages that end at these cuts, as a resumed replay does: with a new Order that goes on."""
    order, given_back = Order(cast("EventsTable", table)), list[Item]()
    edges = [0, *sorted(cuts), len(scanned)]
    for start, end in pairwise(edges):
        order = replace(order)
        given_back += order.of(scanned[start:end])
    return [(i["carId"]["S"], version(i)) for i in given_back]


def places(*items: Item) -> list[tuple[str, int]]:
    return [(i["carId"]["S"], version(i)) for i in items]


def test_a_scan_in_order_is_given_as_it_is_without_a_query() -> None:
    table = Queried([*CAR_A, *CAR_B])
    assert ordered([*CAR_A, *CAR_B], table) == places(*CAR_A, *CAR_B)
    assert table.asked == []


def test_a_car_out_of_order_is_read_by_a_query() -> None:
    table = Queried([*CAR_A, *CAR_B])
    scanned = [CAR_A[0], CAR_A[2], CAR_A[1], CAR_A[3], *CAR_B]
    assert ordered(scanned, table) == places(*CAR_A, *CAR_B)
    assert table.asked == ["a"]


@given(st.permutations(CAR_A), st.permutations(CAR_B), st.sets(st.integers(0, 7), max_size=3))
def test_whatever_the_order_and_the_pages_each_car_comes_once_in_order(
    a: list[Item], b: list[Item], cuts: set[int]
) -> None:
    assert ordered([*a, *b], Queried([*CAR_A, *CAR_B]), *cuts) == places(*CAR_A, *CAR_B)


@given(st.permutations([*CAR_A, *CAR_B]))
def test_cars_that_are_mixed_come_again_but_never_out_of_order(scanned: list[Item]) -> None:
    """Each time from their first commit, or on from where they were: who follows the contract loses nothing."""
    seen: dict[str, int] = {"a": 0, "b": 0}
    for car, first in ordered(scanned, Queried([*CAR_A, *CAR_B])):
        assert first <= seen[car] + 1
        size = next(len(i["events"]["L"]) for i in [*CAR_A, *CAR_B] if places(i) == [(car, first)])
        seen[car] = max(seen[car], first + size - 1)
    assert seen == {"a": 7, "b": 4}


def test_a_gap_is_noted() -> None:
    order = Order(cast("EventsTable", Queried([CAR_A[0], CAR_A[2]])))
    assert [(version(i), order.whole) for i in order.of([CAR_A[0], CAR_A[2]])] == [(1, True), (5, False)]


def test_a_corrupt_commit_is_followed_by_a_query_and_not_by_a_fault_here() -> None:
    corrupt: dict[str, Any] = {**CAR_A[1], "events": {"S": "none"}}
    assert ordered([CAR_A[0], corrupt], Queried([])) == places(*CAR_A[:2])


class Paged:
    """A client whose answers hold one item each."""

    def __init__(self, *items: Item) -> None:
        self.items = items
        self.asked: list[dict[str, Any]] = []

    def scan(self, **request: Any) -> dict[str, Any]:
        self.asked.append(request)
        start = request.get("ExclusiveStartKey", {}).get("at", 0)
        more = {"LastEvaluatedKey": {"at": start + 1}} if start + 1 < len(self.items) else {}
        return {"Items": [self.items[start]], **more}


def test_a_segment_is_read_page_by_page_strongly_consistently() -> None:
    client: Any = Paged(*CAR_A)
    pages = list(EventsTable(CARS, client, "events").scan(2, 8))
    assert [page.items for page in pages] == [[one] for one in CAR_A]
    assert pages[-1].end is None
    assert {(r["TableName"], r["ConsistentRead"], r["Segment"], r["TotalSegments"]) for r in client.asked} == {
        ("events", True, 2, 8)
    }


def test_a_segment_is_read_on_from_a_key() -> None:
    client: Any = Paged(*CAR_A)
    pages = EventsTable(CARS, client, "events").scan(0, 1, {"at": 2})
    assert [page.items for page in pages] == [[one] for one in CAR_A[2:]]
