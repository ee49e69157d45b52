"""Records of the stream that keep failing: tried again while there is time, then set aside by their key."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aws_lambda_powertools import Logger

from cars.adapters.dynamodb.commit_item import write_commit
from cars.adapters.dynamodb.overdue import Patience, Records
from cars.domain.car import ColorChanged
from cars.domain.values import Color
from tests.support.aws import stream_record
from tests.support.cars import CAR_ID, car_created
from tests.support.commits import commits_of
from tests.support.rejects import MemoryRejects

LIMIT = timedelta(hours=22)
NOW = datetime(2026, 11, 23, tzinfo=UTC)


class TopicIsDown(Exception):
    pass


def records(*ages: timedelta) -> list[dict[str, Any]]:
    """Make records of one car's commits, of these ages."""
    items = map(write_commit, commits_of([car_created()], [ColorChanged(Color.RED)], [ColorChanged(Color.BLUE)]))
    made = [stream_record(item) for item, _ in zip(items, ages, strict=False)]
    for record, age in zip(made, ages, strict=True):
        record["dynamodb"]["ApproximateCreationDateTime"] = (NOW - age).timestamp()
    return made


def work_that_fails(*versions: int) -> Callable[[Records], None]:
    """Make work that cannot be done for records of these versions, nor for a batch with one of them."""

    def work(batch: Records) -> None:
        if {int(record["dynamodb"]["Keys"]["version"]["N"]) for record in batch} & set(versions):
            raise TopicIsDown("it is being moved")

    return work


def process(rejects: MemoryRejects, work: Callable[[Records], None], *ages: timedelta) -> None:
    Patience(LIMIT, lambda: NOW, rejects, Logger()).process(records(*ages), work)


@pytest.mark.parametrize("age", [timedelta(0), timedelta(hours=1), LIMIT - timedelta(seconds=1)])
def test_a_record_that_fails_is_delivered_again_while_there_is_time(age: timedelta) -> None:
    rejects = MemoryRejects()
    with pytest.raises(TopicIsDown):
        process(rejects, work_that_fails(1), age)
    assert rejects.kept == []


def test_a_record_that_fails_for_too_long_is_set_aside_with_the_kind_of_its_fault() -> None:
    rejects = MemoryRejects()
    process(rejects, work_that_fails(1), LIMIT)
    assert rejects.kept == [(str(CAR_ID), 1, "TopicIsDown after 22:00:00: it is being moved")]


def test_of_several_none_is_set_aside_before_the_youngest_is_due() -> None:
    rejects = MemoryRejects()
    with pytest.raises(TopicIsDown):
        process(rejects, work_that_fails(1), timedelta(hours=23), timedelta(hours=21))
    assert rejects.kept == []


def test_several_are_set_aside_in_their_order() -> None:
    rejects = MemoryRejects()
    process(rejects, work_that_fails(1, 2, 3), timedelta(hours=23), timedelta(hours=22, minutes=30), LIMIT)
    assert [version for _, version, _ in rejects.kept] == [1, 2, 3]


def test_what_fails_by_itself_is_set_aside_and_what_was_with_it_is_done() -> None:
    rejects, done = MemoryRejects(), list[int]()
    failing = work_that_fails(2)

    def work(batch: Records) -> None:
        failing(batch)
        done.extend(int(record["dynamodb"]["Keys"]["version"]["N"]) for record in batch)

    process(rejects, work, LIMIT, LIMIT, LIMIT)
    assert done == [1, 3]
    assert [version for _, version, _ in rejects.kept] == [2]


def test_a_fault_that_has_passed_sets_nothing_aside() -> None:
    rejects, tries = MemoryRejects(), list[int]()

    def work(batch: Records) -> None:
        tries.append(len(batch))
        if len(tries) == 1:
            raise TopicIsDown

    process(rejects, work, LIMIT, LIMIT)
    assert tries == [2, 1, 1]
    assert rejects.kept == []


def test_a_long_reason_is_cut() -> None:
    def work(_: Records) -> None:
        raise TopicIsDown("x" * 10_000)

    rejects = MemoryRejects()
    process(rejects, work, LIMIT)
    ((_, _, reason),) = rejects.kept
    assert len(reason) == 500


def test_nothing_is_set_aside_where_nothing_failed() -> None:
    rejects = MemoryRejects()
    process(rejects, work_that_fails(), timedelta(hours=23))
    assert rejects.kept == []
