"""A subscriber leaves nothing behind, whatever happens."""

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.support.aws import Aws
from tools.aws import Aws as Account
from tools.subscriber import Subscriber


def leaves_nothing(aws: Aws) -> bool:
    return "QueueUrls" not in aws.sqs.list_queues() and not aws.sns.list_subscriptions()["Subscriptions"]


def test_a_subscriber_has_a_queue_as_long_as_it_listens(aws: Aws) -> None:
    with Subscriber(Account(boto3.Session()), aws.create_topic("Topic")) as subscriber:
        assert aws.sqs.list_queues()["QueueUrls"] == [subscriber.queue_url]
        assert not leaves_nothing(aws)
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
