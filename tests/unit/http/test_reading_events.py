import re
from typing import Any

import pytest

from resources.cars import CARS, Color, ColorChanged, Condition, ConditionChanged, Deleted, MileageChanged
from tests.support.cars import CAR_ID, car_created, representation
from tests.support.commits import ACTOR, CORRELATION_ID, another_car, commits_of, published
from tests.support.http import Answer
from tests.support.memory import log_of
from tests.support.system import System
from trigger_pattern.application.cloud_event import cloud_event

CREATION, CHANGES, DELETION = commits_of(
    [car_created()],
    [ColorChanged(Color.RED), MileageChanged(15_000), ConditionChanged(Condition.POOR)],
    [Deleted()],
)
LOG = log_of([CREATION, CHANGES, DELETION])


BATCH = "application/cloudevents-batch+json"
SOURCE = "tag:example.com,2026:cars/cars-local"


def get(query: str = "", car_id: object = CAR_ID, accept: str = "") -> Answer:
    headers = {"accept": accept} if accept else {}
    return System(log=LOG).request_with("GET", f"/cars/{car_id}/events", headers=headers, query=query)


def versions(answer: Answer) -> list[int]:
    return [event["version"] for event in answer.body["events"]]


def test_the_log_is_given_oldest_first_beyond_the_cars_end() -> None:
    answer = get()
    assert answer.status == 200
    assert [(event["version"], event["type"]) for event in answer.body["events"]] == [
        (1, "Created"),
        (2, "ColorChanged"),
        (3, "MileageChanged"),
        (4, "ConditionChanged"),
        (5, "Deleted"),
    ]


def test_the_log_is_asked_for_again_each_time() -> None:
    assert get().headers["Cache-Control"] == "no-cache"


def test_an_event_is_given_with_who_caused_it_when_and_by_which_command() -> None:
    expected: dict[str, Any] = {
        "version": 2,
        "type": "ColorChanged",
        "schemaVersion": 1,
        "data": {"color": "red"},
        "occurredAt": "2026-11-01T11:01:00.045Z",
        "actor": ACTOR,
        "commandId": CHANGES.command_id,
        "correlationId": CORRELATION_ID,
    }
    assert get().body["events"][1] == expected


def test_the_creation_has_the_whole_car() -> None:
    assert get().body["events"][0]["data"] == representation()


@pytest.mark.parametrize(
    ("query", "expected"),
    [("after=0", [1, 2, 3, 4, 5]), ("after=1", [2, 3, 4, 5]), ("after=2", [3, 4, 5]), ("after=3", [4, 5]),
     ("after=4", [5]), ("after=5", []), ("after=9999999999", []), ("limit=1", [1]), ("limit=2", [1, 2]),
     ("limit=100", [1, 2, 3, 4, 5]), ("after=2&limit=1", [3]), ("after=2&limit=2", [3, 4])],
)  # fmt: skip
def test_a_page_may_begin_and_end_inside_a_commit(query: str, expected: list[int]) -> None:
    assert versions(get(query)) == expected


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 6])
def test_following_the_links_gives_every_event_once(limit: int) -> None:
    seen: list[int] = []
    query = f"limit={limit}"
    while query and len(seen) < 10:
        page = get(query)
        seen += versions(page)
        path, _, query = page.body.get("next", "").partition("?")
        assert path == ""
    assert seen == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 6])
def test_following_the_links_of_batches_gives_every_event_once_as_the_topic_publishes_it(limit: int) -> None:
    seen: list[Any] = []
    query = f"limit={limit}"
    while query and len(seen) < 10:
        page = get(query, accept=BATCH)
        assert (page.status, page.headers["Content-Type"]) == (200, BATCH)
        seen += page.body
        link = re.fullmatch(r'<\?(.*)>; rel="next"', page.headers.get("Link", ""))
        query = link[1] if link else ""
    assert seen == [cloud_event(CARS, each, SOURCE) for each in published(CREATION, CHANGES, DELETION)]


def test_without_being_asked_for_the_page_is_as_it_was() -> None:
    page = get("limit=1")
    assert page.headers["Content-Type"] == "application/json"
    assert page.body.keys() == {"carId", "events", "next"}
    assert "Link" not in page.headers


@pytest.mark.parametrize("accept", ["", BATCH])
def test_caches_keep_both_forms_apart(accept: str) -> None:
    assert get(accept=accept).headers["Vary"] == "Accept"


def test_a_car_that_never_was_has_no_batch() -> None:
    assert get(car_id=another_car(1), accept=BATCH).problem()["type"] == "urn:cars:problem:car-not-found"


@pytest.mark.parametrize("query", ["after=2", "limit=5", "after=2&limit=3", "after=4&limit=1", "after=5", "after=9"])
def test_a_page_behind_which_nothing_follows_has_no_next(query: str) -> None:
    assert "next" not in get(query).body


@pytest.mark.parametrize(("query", "following"), [("limit=4", "?after=4&limit=4"), ("limit=1", "?after=1&limit=1")])
def test_a_page_behind_which_an_event_follows_has_a_next(query: str, following: str) -> None:
    assert get(query).body["next"] == following


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("after=-1", ["after"]),
        ("after=10000000000", ["after"]),
        ("limit=0", ["limit"]),
        ("limit=101", ["limit"]),
        ("limit=1&limit=2", ["limit"]),
        ("after=x&limit=0", ["after", "limit"]),
    ],
)
def test_every_bad_parameter_is_named(query: str, named: list[str]) -> None:
    answer = get(query)
    assert (answer.status, sorted(answer.fields())) == (422, named)


@pytest.mark.parametrize("query", ["", "after=0", "after=7"])
def test_a_car_that_never_was_has_no_log(query: str) -> None:
    answer = get(query, another_car(1))
    assert answer.status == 404
    assert answer.problem()["type"] == "urn:cars:problem:car-not-found"
