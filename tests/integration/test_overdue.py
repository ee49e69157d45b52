"""Records of the stream that keep failing: tried again while there is time, then set aside by their key."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aws_lambda_powertools import Logger

from cars.adapters.dynamodb.commit_item import write_commit
from cars.adapters.dynamodb.overdue import Patience
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


def fail(rejects: MemoryRejects, *ages: timedelta) -> None:
    with Patience(LIMIT, lambda: NOW, rejects, Logger()).over(records(*ages)):
        raise TopicIsDown("with whatever it says")


@pytest.mark.parametrize("age", [timedelta(0), timedelta(hours=1), LIMIT - timedelta(seconds=1)])
def test_a_record_that_fails_is_delivered_again_while_there_is_time(age: timedelta) -> None:
    rejects = MemoryRejects()
    with pytest.raises(TopicIsDown):
        fail(rejects, age)
    assert rejects.kept == []


def test_a_record_that_fails_for_too_long_is_set_aside_with_the_kind_of_its_fault() -> None:
    rejects = MemoryRejects()
    fail(rejects, LIMIT)
    assert rejects.kept == [(str(CAR_ID), 1, "TopicIsDown, for 22:00:00")]


def test_of_several_none_is_set_aside_before_the_youngest_is_due() -> None:
    rejects = MemoryRejects()
    with pytest.raises(TopicIsDown):
        fail(rejects, timedelta(hours=23), timedelta(hours=21))
    assert rejects.kept == []


def test_several_are_set_aside_in_their_order() -> None:
    rejects = MemoryRejects()
    fail(rejects, timedelta(hours=23), timedelta(hours=22, minutes=30), LIMIT)
    assert [version for _, version, _ in rejects.kept] == [1, 2, 3]


def test_nothing_is_set_aside_where_nothing_failed() -> None:
    rejects = MemoryRejects()
    with Patience(LIMIT, lambda: NOW, rejects, Logger()).over(records(timedelta(hours=23))):
        pass
    assert rejects.kept == []
