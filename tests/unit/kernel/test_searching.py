"""Where a command's commit can be in a long history, and how few commits are read to find it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.support.library import Book, BookEvent, Borrowed
from trigger_pattern.kernel import Commit, Position, Recorded, find_commit
from trigger_pattern.kernel.searching import CLOCK_SKEW, WIDEST_CLOCK_SKEW
from trigger_pattern_testing import MemoryEventStore

START = datetime.fromisoformat("2026-11-01T12:00:00Z")
HOUR = timedelta(hours=1)
LENGTH = 10_000


class Counting(MemoryEventStore[Book, BookEvent]):
    """A history of one commit an hour that counts the commits that are read."""

    def recorded(self, aggregate_id: str, up_to: int | None = None) -> Iterator[Recorded]:
        for commit in reversed(self.commits[aggregate_id][:up_to]):
            self.calls.append("read")
            yield commit


def commit(version: int) -> Commit[Book, BookEvent]:
    at = START + version * HOUR
    event, state = Borrowed("ann"), Book("ann", version)
    return Commit("book", version, (event,), state, f"c{version}", Position("queue", version), at, at, "", "")


@pytest.fixture(scope="module")
def store() -> Counting:
    history = Counting()
    history.commits["book"] = [commit(version) for version in range(1, LENGTH + 1)]
    return history


def find(store: Counting, command_id: str, issued_at: datetime) -> Recorded | None:
    store.calls.clear()
    return find_commit(store, store.commits["book"][-1], command_id, issued_at)


@pytest.mark.parametrize("version", [1, 2, 3, 4_999, LENGTH - 1, LENGTH])
@pytest.mark.parametrize("early", [timedelta(), CLOCK_SKEW, -WIDEST_CLOCK_SKEW])
def test_any_commit_is_found_by_its_commands_time(store: Counting, version: int, early: timedelta) -> None:
    assert find(store, f"c{version}", START + version * HOUR - early) == store.commits["book"][version - 1]


@pytest.mark.parametrize("hours", [0, 5_000.5, 9_000, LENGTH + 5])
def test_an_invented_command_of_any_time_costs_a_search_by_halves(store: Counting, hours: float) -> None:
    assert find(store, "invented", START + hours * HOUR) is None
    assert len(store.calls) <= 15


def test_a_command_that_claims_to_be_older_than_the_history_costs_no_more(store: Counting) -> None:
    assert find(store, "c7", datetime.fromisoformat("1970-01-01T00:00:00Z")) is None
    assert len(store.calls) <= 14


def test_the_newest_command_costs_nothing_but_the_head(store: Counting) -> None:
    assert find(store, f"c{LENGTH}", START + LENGTH * HOUR)
    assert store.calls == []
