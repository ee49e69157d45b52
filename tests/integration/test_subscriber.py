"""A subscriber leaves nothing behind, whatever happens."""

import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.support.aws import Aws
from tools.aws import Aws as Account
from tools.subscriber import Received, Subscriber

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


class Impatient(Account):
    """Somebody presses Ctrl-C again while the subscription is being removed."""

    def sns(self, connections: int = 10) -> "SNSClient":
        client = super().sns(connections)
        client.meta.events.register("before-call.sns.Unsubscribe", self.press)
        return client

    def press(self, **_: Any) -> None:
        signal.raise_signal(signal.SIGINT)


def leaves_nothing(aws: Aws) -> bool:
    return "QueueUrls" not in aws.sqs.list_queues() and not aws.sns.list_subscriptions()["Subscriptions"]


def test_a_subscriber_has_a_queue_as_long_as_it_listens(aws: Aws) -> None:
    with Subscriber(Account(boto3.Session()), aws.create_topic("Topic")) as subscriber:
        assert aws.sqs.list_queues()["QueueUrls"] == [subscriber.queue_url]
        assert not leaves_nothing(aws)
    assert leaves_nothing(aws)


def test_it_can_follow_several_topics(aws: Aws) -> None:
    cars, accounts = aws.create_topic("Cars", fifo=False), aws.create_topic("Accounts", fifo=False)
    with Subscriber(Account(boto3.Session()), cars, fifo=False) as subscriber:
        subscriber.follow(accounts)
        aws.sns.publish(TopicArn=cars, Message='{"type": "Created"}')
        aws.sns.publish(TopicArn=accounts, Message='{"type": "Opened"}')
        heard = subscriber.take(2, seconds=5)
    assert {received.event["type"] for received in heard} == {"Created", "Opened"}
    assert leaves_nothing(aws)


def test_nothing_is_left_where_there_is_nothing_to_subscribe_to(aws: Aws) -> None:
    gone = aws.create_topic("Topic")
    aws.sns.delete_topic(TopicArn=gone)
    subscriber = Subscriber(Account(boto3.Session()), gone)
    with pytest.raises(ClientError, match="Topic does not exist"), subscriber:
        pass
    assert leaves_nothing(aws)


def test_nor_where_somebody_else_removed_the_topic_first(aws: Aws) -> None:
    topic = aws.create_topic("Topic")
    with Subscriber(Account(boto3.Session()), topic):
        aws.sns.delete_topic(TopicArn=topic)
    assert leaves_nothing(aws)


def test_nor_where_the_end_is_asked_for_twice(aws: Aws) -> None:
    with suppress(KeyboardInterrupt), Subscriber(Impatient(boto3.Session()), aws.create_topic("Topic")):
        raise KeyboardInterrupt
    assert leaves_nothing(aws)


def test_nor_from_another_thread(aws: Aws) -> None:
    def listen() -> None:
        with Subscriber(Account(boto3.Session()), aws.create_topic("Topic")):
            assert not leaves_nothing(aws)

    with ThreadPoolExecutor(1) as threads:
        threads.submit(listen).result()
    assert leaves_nothing(aws)


@pytest.mark.parametrize("text", ["by hand", "[]", '"text"', "{", "[" * 200_000])
def test_what_is_no_event_is_taken_as_it_is_and_the_next_one_comes(aws: Aws, text: str) -> None:
    topic = aws.create_topic("Topic", fifo=False)
    with Subscriber(Account(boto3.Session()), topic, fifo=False) as subscriber:
        aws.sns.publish(TopicArn=topic, Message=text)
        aws.sns.publish(TopicArn=topic, Message='{"type": "Created"}')
        heard = subscriber.take(2, seconds=5)
    assert heard == [Received({}, {}, "", text), Received({"type": "Created"}, {}, "", '{"type": "Created"}')]
