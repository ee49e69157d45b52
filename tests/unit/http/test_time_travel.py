"""A car as it was."""

from datetime import timedelta

import pytest

from resources.cars import Color, ColorChanged, Condition, ConditionChanged, Deleted, MileageChanged
from tests.support.cars import CAR_ID, car_created
from tests.support.commits import commits_of
from tests.support.http import Answer
from tests.support.memory import MemoryLog, log_of
from tests.support.system import System
from trigger_pattern.application.clock import write_time

COMMITS = commits_of(
    [car_created()],
    [ColorChanged(Color.RED), MileageChanged(15_000), ConditionChanged(Condition.POOR)],
    [ColorChanged(Color.BLUE)],
    [Deleted()],
)
TIMES = [commit.occurred_at for commit in COMMITS]


@pytest.fixture(params=["inline states", "states of another fold"])
def log(request: pytest.FixtureRequest) -> MemoryLog:
    log = log_of(COMMITS)
    log.stale_states = request.param == "states of another fold"
    return log


def get(log: MemoryLog, query: str, **headers: str) -> Answer:
    return System(log=log).request_with("GET", f"/cars/{CAR_ID}", query=query, headers=headers)


@pytest.mark.parametrize(
    ("version", "color", "mileage", "condition"),
    [
        (1, "black", 14_320, "good"),
        (2, "red", 14_320, "good"),
        (3, "red", 15_000, "good"),
        (4, "red", 15_000, "poor"),
        (5, "blue", 15_000, "poor"),
    ],
)
def test_a_car_as_it_was_after_any_event(
    log: MemoryLog, version: int, color: str, mileage: int, condition: str
) -> None:
    answer = get(log, f"version={version}")
    assert (answer.body["color"], answer.body["mileage"], answer.body["condition"]) == (color, mileage, condition)
    assert answer.headers["ETag"] == f'"{version}"'


@pytest.mark.parametrize("index", range(3))
def test_a_car_as_it_was_at_a_time(log: MemoryLog, index: int) -> None:
    for moment in (TIMES[index], TIMES[index + 1] - timedelta(milliseconds=1)):
        answer = get(log, f"at={write_time(moment)}")
        assert answer.headers["ETag"] == f'"{COMMITS[index].last_version}"'


def test_a_deleted_car_was_there_before(log: MemoryLog) -> None:
    assert get(log, "").status == 410
    assert get(log, "version=6").status == 410
    assert get(log, f"at={write_time(TIMES[3])}").status == 410


def test_before_it_existed_there_was_no_car(log: MemoryLog) -> None:
    assert get(log, f"at={write_time(TIMES[0] - timedelta(milliseconds=1))}").status == 404


def test_a_version_that_is_not_there_yet_is_not_found(log: MemoryLog) -> None:
    assert get(log, "version=7").status == 404


def test_a_car_that_never_was_has_no_past() -> None:
    assert get(log_of([]), "version=1").status == 404
    assert get(log_of([]), "at=2026-11-01T00:00:00Z").status == 404


def test_the_past_does_not_change(log: MemoryLog) -> None:
    assert get(log, "version=3", **{"if-none-match": '"3"'}).status == 304


@pytest.mark.parametrize("plus", ["%2B", "+"], ids=["encoded", "not encoded"])
def test_any_offset_will_do(log: MemoryLog, plus: str) -> None:
    moment = (TIMES[1] + timedelta(hours=2)).isoformat(timespec="milliseconds").replace("+00:00", f"{plus}02:00")
    assert get(log, f"at={moment}").headers["ETag"] == '"4"'


@pytest.mark.parametrize("digits", ["", "4", "4567", "999999", "9" * 12])
def test_a_time_is_cut_to_the_milliseconds_that_are_stored(log: MemoryLog, digits: str) -> None:
    moment = TIMES[1].isoformat(timespec="milliseconds").replace("+00:00", f"{digits}Z")
    assert get(log, f"at={moment}").headers["ETag"] == '"4"'


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("version=0", ["version"]),
        ("version=99999999999", ["version"]),
        ("at=yesterday", ["at"]),
        ("version=1&at=2026-11-01T00:00:00Z", ["at"]),
        ("version=1&at=2026-11-01T00:00:00Z&x=1", ["x", "at"]),
    ],
)
def test_a_bad_parameter_and_one_too_many_are_named(query: str, named: list[str]) -> None:
    assert get(log_of(COMMITS), query).fields() == named


def test_a_search_by_time_is_a_search_by_halves() -> None:
    log = log_of(commits_of([car_created()], *([MileageChanged(20_000 + n)] for n in range(1000))))
    get(log, f"at={write_time(TIMES[1])}")
    assert len(log.calls) - 1001 <= 12


@pytest.mark.parametrize("path", [f"/cars/{CAR_ID}", f"/cars/{CAR_ID}/events"])
def test_a_misspelt_parameter_is_not_taken_for_none(path: str) -> None:
    answer = System(log=log_of(COMMITS)).request_with("GET", path, query="verson=1")
    assert (answer.status, answer.fields()) == (422, ["verson"])


def test_a_version_that_is_not_there_says_nothing_of_the_car(log: MemoryLog) -> None:
    assert get(log, "version=7").problem()["type"] == "urn:cars:problem:no-such-version"
