"""One subscriber's queue, as a replay writes to it: what it did not take is never counted as sent."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.stub import Stubber

from resources.cars import CARS
from tests.support.aws import Aws
from tests.support.cars import car_created
from tests.support.commits import another_car, commits_of, published
from tools.ops.replay.event_queue import CountedTopic, Nowhere, SqsEventQueue
from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.application.publishing import Confirmed, Failed, Rejected

SOURCE = "tag:example.com,2026:cars/cars-prod"
URL = "https://sqs.eu-central-1.amazonaws.com/123456789012/subscriber.fifo"


@pytest.fixture
def answers(aws: Aws) -> Iterator[Stubber]:
    with Stubber(aws.sqs) as stubber:
        yield stubber


def creations(cars: int) -> list[PublishedEvent]:
    ids = [another_car(number) for number in range(cars)]
    return [e for car in ids for e in published(*commits_of([car_created()], car_id=car))]


def taken(entry: int) -> dict[str, Any]:
    return {"Id": str(entry), "MessageId": "m", "MD5OfMessageBody": "d"}


def failed(entry: int, code: str) -> dict[str, Any]:
    return {"Id": str(entry), "Code": code, "Message": "No.", "SenderFault": True}


def test_each_event_has_a_receipt_of_its_own_in_their_order(aws: Aws, answers: Stubber) -> None:
    answer = {"Successful": [taken(2)], "Failed": [failed(1, "InternalError"), failed(0, "InvalidMessageContents")]}
    answers.add_response("send_message_batch", answer)
    assert SqsEventQueue(CARS, aws.sqs, URL, SOURCE, "r1").publish(creations(4)) == [
        Rejected("InvalidMessageContents: No."),
        Failed("InternalError: No."),
        Confirmed(),
        Failed("not confirmed"),
    ]


def test_only_what_was_confirmed_counts_as_sent(aws: Aws, answers: Stubber) -> None:
    answers.add_response("send_message_batch", {"Successful": [taken(2)], "Failed": [failed(1, "InternalError")]})
    counts: list[int] = []
    CountedTopic(SqsEventQueue(CARS, aws.sqs, URL, SOURCE, "r1"), counts.append).publish(creations(4))
    assert counts == [1]


def test_a_dry_run_counts_everything_and_sends_nothing() -> None:
    counts: list[int] = []
    CountedTopic(Nowhere(), counts.append).publish(creations(4))
    assert counts == [4]
