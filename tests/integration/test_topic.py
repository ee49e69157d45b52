import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from resources.cars import CARS, Color, ColorChanged, MileageChanged
from tests.support.aws import Aws, requests_to
from tests.support.cars import CAR_ID, car_created
from tests.support.commits import always_a_bmw, another_car, commits_of, published, stored
from tests.support.rejects import MemoryRejects
from trigger_pattern.application.cloud_event import cloud_event
from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.application.publishing import Broadcaster, Confirmed, Failed, Rejected
from trigger_pattern.aws.messaging.sns import SnsTopic

SOURCE = "tag:example.com,2026:cars/cars-prod"
STORY = commits_of([car_created()], [ColorChanged(Color.RED), MileageChanged(15_000)])
EVENTS = published(*STORY)


def creations(cars: int) -> list[PublishedEvent]:
    ids = [another_car(number) for number in range(cars)]
    commits = [commit for car in ids for commit in commits_of([car_created()], car_id=car)]
    return published(*commits)


@pytest.fixture
def topic(aws: Aws) -> SnsTopic:
    return SnsTopic(CARS, aws.sns, aws.create_topic("CarEventsTopic"), SOURCE)


@pytest.fixture
def subscriber(aws: Aws, topic: SnsTopic) -> str:
    return aws.subscribe_queue(topic.arn, "subscriber")


def test_a_subscriber_receives_the_envelope(aws: Aws, topic: SnsTopic, subscriber: str) -> None:
    topic.publish(EVENTS[:1])
    assert aws.receive_bodies(subscriber) == [cloud_event(CARS, EVENTS[0], SOURCE)]


def test_a_subscriber_receives_a_cars_events_in_order(aws: Aws, topic: SnsTopic, subscriber: str) -> None:
    Broadcaster(CARS, topic, MemoryRejects(), always_a_bmw).broadcast(map(stored, STORY))
    assert [envelope["carversion"] for envelope in aws.receive_bodies(subscriber)] == [1, 2, 3]


def test_events_are_grouped_by_car(aws: Aws, topic: SnsTopic, subscriber: str) -> None:
    topic.publish(creations(2))
    groups = [message["Attributes"]["MessageGroupId"] for message in aws.receive(subscriber)]
    assert groups == [CAR_ID, another_car(1)]


def test_an_event_published_twice_arrives_once(aws: Aws, topic: SnsTopic, subscriber: str) -> None:
    topic.publish(EVENTS[:1])
    topic.publish(EVENTS[:1])
    assert len(aws.receive(subscriber)) == 1


def test_a_subscriber_can_filter_by_what_an_event_says_of_itself(aws: Aws, topic: SnsTopic) -> None:
    painters = aws.subscribe_queue(topic.arn, "painters", FilterPolicy=json.dumps({"type": ["ColorChanged"]}))
    bmws = aws.subscribe_queue(topic.arn, "bmws", FilterPolicy=json.dumps({"make": ["BMW"]}))
    fords = aws.subscribe_queue(topic.arn, "fords", FilterPolicy=json.dumps({"make": ["Ford"]}))
    recent = aws.subscribe_queue(topic.arn, "recent", FilterPolicy=json.dumps({"version": [{"numeric": [">", 2]}]}))
    for event in EVENTS:
        topic.publish([event])
    assert [envelope["type"] for envelope in aws.receive_bodies(painters)] == ["com.example.car.ColorChanged"]
    assert [envelope["carversion"] for envelope in aws.receive_bodies(recent)] == [3]
    assert [envelope["carversion"] for envelope in aws.receive_bodies(bmws)] == [1, 2, 3]
    assert aws.receive_bodies(fords) == []


def test_an_event_of_a_replay_is_marked_and_arrives_again(aws: Aws, topic: SnsTopic) -> None:
    everything = aws.subscribe_queue(topic.arn, "everything")
    news = aws.subscribe_queue(topic.arn, "news", FilterPolicy=json.dumps({"replay": [{"exists": False}]}))
    for copy in (topic, replace(topic, replay="r1"), replace(topic, replay="r2")):
        copy.publish(EVENTS[:1])
        copy.publish(EVENTS[:1])
    marks = [message["MessageAttributes"].get("replay", {}).get("StringValue") for message in aws.receive(everything)]
    assert marks == [None, "r1", "r2"]
    assert aws.receive_bodies(news) == [cloud_event(CARS, EVENTS[0], SOURCE)]


def test_a_standard_topic_takes_neither_groups_nor_deduplication_ids(aws: Aws) -> None:
    topic = SnsTopic(CARS, aws.sns, aws.create_topic("CarEventsTopic", fifo=False), SOURCE, fifo=False)
    subscriber = aws.subscribe_queue(topic.arn, "subscriber", fifo=False)
    assert topic.publish(creations(2)) == [Confirmed()] * 2
    (message, _) = aws.receive(subscriber)
    assert "MessageGroupId" not in message["Attributes"]
    assert message["MessageAttributes"]["make"]["StringValue"] == "BMW"


def test_ten_events_are_one_request(aws: Aws, topic: SnsTopic, subscriber: str) -> None:
    with requests_to(aws.sns) as requests:
        receipts = topic.publish(creations(10))
    assert requests == ["PublishBatch"]
    assert receipts == [Confirmed()] * 10
    assert len(aws.receive(subscriber)) == 10


def test_a_topic_that_is_not_there_is_a_fault(aws: Aws) -> None:
    with pytest.raises(ClientError, match="NotFound"):
        SnsTopic(CARS, aws.sns, "arn:aws:sns:eu-central-1:123456789012:nowhere.fifo", SOURCE).publish(EVENTS[:1])


@pytest.fixture
def answers(aws: Aws) -> Iterator[Stubber]:
    with Stubber(aws.sns) as stubber:
        yield stubber


def failed(entry: int, code: str, *, sender_fault: bool) -> dict[str, Any]:
    return {"Id": str(entry), "Code": code, "Message": "No.", "SenderFault": sender_fault}


def test_each_event_has_a_receipt_of_its_own_in_their_order(aws: Aws, answers: Stubber) -> None:
    answer = {
        "Successful": [{"Id": "2", "MessageId": "m"}],
        "Failed": [
            failed(1, "InternalError", sender_fault=False),
            failed(0, "InvalidParameter", sender_fault=True),
        ],
    }
    answers.add_response("publish_batch", answer)
    assert SnsTopic(CARS, aws.sns, "arn:topic", SOURCE).publish(creations(4)) == [
        Rejected("InvalidParameter: No."),
        Failed("InternalError: No."),
        Confirmed(),
        Failed("not confirmed"),
    ]


@pytest.mark.parametrize("code", ["Throttling", "Throttled", "KMSThrottling", "AuthorizationError", "InternalError"])
def test_a_fault_that_may_pass_is_never_a_reason_to_set_an_event_aside(aws: Aws, answers: Stubber, code: str) -> None:
    answers.add_response("publish_batch", {"Successful": [], "Failed": [failed(0, code, sender_fault=True)]})
    assert SnsTopic(CARS, aws.sns, "arn:topic", SOURCE).publish(creations(1)) == [Failed(f"{code}: No.")]
