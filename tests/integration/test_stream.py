from typing import Any

import pytest

from cars.adapters.dynamodb.commit_item import write_commit
from cars.adapters.dynamodb.stream import read_commits
from cars.domain.car import ColorChanged
from cars.domain.root import Deleted
from cars.domain.stored_events import UnknownEvent
from cars.domain.values import Color
from tests.support.aws import stream_record
from tests.support.cars import CAR_ID, car_created
from tests.support.commits import another_car, commits_of
from tests.support.rejects import MemoryRejects

COMMITS = commits_of([car_created()], [ColorChanged(Color.RED)], [Deleted()])
CREATION, PAINTING, DELETION = map(write_commit, COMMITS)


def corrupt(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "events": {"S": "none"}}


def test_what_was_inserted_is_read_in_order() -> None:
    records = [stream_record(item) for item in (CREATION, PAINTING, DELETION)]
    assert list(read_commits(records, MemoryRejects())) == COMMITS


@pytest.mark.parametrize("name", ["MODIFY", "REMOVE"])
def test_nothing_but_an_insert_is_an_event(name: str) -> None:
    records = [stream_record(CREATION, name), stream_record(corrupt(CREATION), name), stream_record(PAINTING)]
    rejects = MemoryRejects()
    assert list(read_commits(records, rejects)) == [COMMITS[1]]
    assert rejects.kept == []


def test_no_records_are_no_commits() -> None:
    assert list(read_commits([], MemoryRejects())) == []


def test_a_corrupt_image_is_set_aside_by_its_key_with_the_reason() -> None:
    rejects = MemoryRejects()
    list(read_commits([stream_record(corrupt(PAINTING))], rejects))
    ((car_id, version, reason),) = rejects.kept
    assert (car_id, version) == (str(CAR_ID), 2)
    assert reason


def test_the_rest_goes_on_after_a_corrupt_image() -> None:
    records = [stream_record(item) for item in (CREATION, corrupt(PAINTING), DELETION)]
    assert list(read_commits(records, MemoryRejects())) == [COMMITS[0], COMMITS[2]]


@pytest.mark.parametrize(
    "image",
    [
        {"carId": {"S": "jane"}, "version": {"N": "1"}},
        {"carId": {"S": str(CAR_ID)}, "version": {"N": "1"}, "note": {"S": "written by hand"}},
        {**CREATION, "state": {"S": "?"}},
        {**CREATION, "occurredAt": {"S": "noon"}},
        {**CREATION, "events": {"XX": "no such type"}},
    ],
)
def test_whatever_is_no_commit_is_set_aside(image: dict[str, Any]) -> None:
    rejects = MemoryRejects()
    assert list(read_commits([stream_record(image)], rejects)) == []
    assert len(rejects.kept) == 1


def test_an_event_of_newer_code_waits_for_newer_code_here() -> None:
    newer: dict[str, Any] = {"type": {"S": "Repainted"}, "schemaVersion": {"N": "1"}, "data": {"M": {}}}
    (commit,) = commits_of([car_created(car_id=another_car(1))], car_id=another_car(1))
    record = stream_record({**write_commit(commit), "events": {"L": [{"M": newer}]}})
    rejects = MemoryRejects()
    with pytest.raises(UnknownEvent):
        list(read_commits([record], rejects))
    assert rejects.kept == []
