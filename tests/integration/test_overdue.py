"""Records of the stream that keep failing: retried while there is time, then dead-lettered by their key."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from aws_lambda_powertools import Logger
from botocore.exceptions import BotoCoreError, ClientError

from resources.cars import CARS, Color, ColorChanged
from tests.support.aws import stream_record
from tests.support.cars import CAR_ID, car_created
from tests.support.commits import commits_of
from tests.support.rejects import MemoryRejects
from trigger_pattern.application.publishing import PublishingFailed
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.aws.dynamodb.overdue import Patience, Records

LIMIT = timedelta(hours=22)
PLANTED = "2G4GM5ER4E9225618"
NOW = datetime(2026, 11, 23, tzinfo=UTC)


class TopicIsDown(BotoCoreError):
    fmt = "it is being moved"


def records(*ages: timedelta) -> list[dict[str, Any]]:
    """Make records of one car's commits, of these ages."""
    items = [
        write_commit(CARS, commit)
        for commit in commits_of([car_created()], [ColorChanged(Color.RED)], [ColorChanged(Color.BLUE)])
    ]
    made = [stream_record(item) for item, _ in zip(items, ages, strict=False)]
    for record, age in zip(made, ages, strict=True):
        record["dynamodb"]["ApproximateCreationDateTime"] = (NOW - age).timestamp()
    return made


def work_that_fails(*versions: int, fault: Exception | None = None) -> Callable[[Records], None]:
    """Make work that cannot be done for records of these versions, nor for a batch with one of them."""

    def work(batch: Records) -> None:
        if {int(record["dynamodb"]["Keys"]["version"]["N"]) for record in batch} & set(versions):
            raise fault or TopicIsDown()

    return work


def process(
    rejects: MemoryRejects, work: Callable[[Records], None], *ages: timedelta, logger: Logger | None = None
) -> None:
    Patience(CARS, LIMIT, lambda: NOW, rejects, logger or Logger()).process(records(*ages), work)


@pytest.mark.parametrize("age", [timedelta(0), timedelta(hours=1), LIMIT - timedelta(seconds=1)])
def test_a_record_that_fails_is_delivered_again_while_there_is_time(age: timedelta) -> None:
    rejects = MemoryRejects()
    with pytest.raises(TopicIsDown):
        process(rejects, work_that_fails(1), age)
    assert rejects.kept == []


def test_a_record_that_fails_for_too_long_is_set_aside_with_the_kind_of_its_fault() -> None:
    rejects = MemoryRejects()
    process(rejects, work_that_fails(1), LIMIT)
    assert rejects.kept == [(CAR_ID, 1, "TopicIsDown after 22:00:00: it is being moved")]


def test_of_several_none_is_set_aside_before_the_youngest_is_due() -> None:
    rejects = MemoryRejects()
    with pytest.raises(TopicIsDown):
        process(rejects, work_that_fails(1), timedelta(hours=23), timedelta(hours=21))
    assert rejects.kept == []


def test_several_are_set_aside_in_their_order() -> None:
    rejects = MemoryRejects()
    process(rejects, work_that_fails(1, 2, 3), timedelta(hours=23), timedelta(hours=22, minutes=30), LIMIT)
    assert [version for _, version, _ in rejects.kept] == [1, 2, 3]


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
    rejects = MemoryRejects()
    process(rejects, work_that_fails(1, fault=PublishingFailed("x" * 10_000)), LIMIT)
    ((_, _, reason),) = rejects.kept
    assert len(reason) == 500


def rejected_and_done(age: timedelta, fault: Exception | None = None) -> tuple[list[tuple[str, int, str]], list[int]]:
    """Process three records of an age, of which the second always fails; return what was rejected, and what done."""
    rejects, done = MemoryRejects(), list[int]()
    failing = work_that_fails(2, fault=fault)

    def work(batch: Records) -> None:
        failing(batch)
        done.extend(int(record["dynamodb"]["Keys"]["version"]["N"]) for record in batch)

    process(rejects, work, age, age, age)
    return rejects.kept, done


def test_what_fails_by_itself_is_set_aside_and_what_was_with_it_is_done() -> None:
    kept, done = rejected_and_done(LIMIT)
    assert ([version for _, version, _ in kept], done) == ([2], [1, 3])


# Faults that are a record's own.


INFRASTRUCTURE = [
    TopicIsDown(),
    PublishingFailed("throttled"),
    ClientError({"Error": {"Code": "InternalServerError", "Message": ""}}, "Query"),
]


@pytest.mark.parametrize("fault", INFRASTRUCTURE, ids=lambda fault: type(fault).__name__)
def test_a_fault_of_the_infrastructure_is_never_taken_for_a_records_own(fault: Exception) -> None:
    rejects = MemoryRejects()
    with pytest.raises(type(fault)):
        process(rejects, work_that_fails(2, fault=fault), timedelta(0), timedelta(0))
    assert rejects.kept == []


def test_a_record_that_alone_causes_a_fault_is_dead_lettered_at_once_and_the_others_are_done() -> None:
    assert rejected_and_done(timedelta(0), OverflowError(PLANTED)) == ([(CAR_ID, 2, "OverflowError")], [1, 3])


def test_a_records_own_fault_is_logged_by_its_type_and_place_and_not_by_its_text() -> None:
    log = StringIO()
    logger = Logger(service="overdue", stream=log)
    process(MemoryRejects(), work_that_fails(1, fault=OverflowError(PLANTED)), timedelta(0), logger=logger)
    assert "OverflowError" in log.getvalue()
    assert "test_overdue.py" in log.getvalue()
    assert PLANTED not in log.getvalue()


def test_where_the_infrastructure_fails_meanwhile_the_batch_comes_again() -> None:
    def work(batch: Records) -> None:
        if len(batch) > 1:
            raise OverflowError
        raise TopicIsDown

    rejects = MemoryRejects()
    with pytest.raises(TopicIsDown):
        process(rejects, work, timedelta(0), timedelta(0))
    assert rejects.kept == []
