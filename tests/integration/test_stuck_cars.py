"""Stuck cars, kept beside the outcomes; and the queue's length, and its visibility timeouts, as SQS has them."""

from datetime import timedelta

import pytest

from resources.cars import CARS
from tests.support.aws import Aws
from tests.support.cars import CAR_ID, NOW
from tests.support.commits import another_car
from tests.support.messages import command
from trigger_pattern.aws.dynamodb.outcomes import DynamoDbOutcomes
from trigger_pattern.aws.dynamodb.stuck import DynamoDbStuck
from trigger_pattern.aws.messaging.sqs import SqsCommandQueue, SqsDeliveries

CAR = CAR_ID


@pytest.mark.parametrize(("minutes", "stuck"), [(0, True), (5, True), (6, False)])
def test_a_car_is_stuck_until_a_time(aws: Aws, minutes: int, *, stuck: bool) -> None:
    cars = DynamoDbStuck(aws.dynamodb, aws.create_table("CarOutcomesTable"), lambda: NOW + timedelta(minutes=minutes))
    cars.note(CAR, NOW + timedelta(minutes=6))
    assert cars.has(CAR) is stuck


def test_no_other_car_is_stuck_and_no_command_has_an_outcome_for_it(aws: Aws) -> None:
    table = aws.create_table("CarOutcomesTable")
    cars = DynamoDbStuck(aws.dynamodb, table, lambda: NOW)
    cars.note(CAR, NOW + timedelta(minutes=6))
    assert not cars.has(another_car(1))
    assert DynamoDbOutcomes(CARS, aws.dynamodb, table).find(CAR) is None


def test_a_queue_counts_what_waits_and_what_is_in_flight(aws: Aws) -> None:
    queue = SqsCommandQueue(CARS, aws.sqs, aws.create_queue("CarCommandsQueue"))
    for number in range(3):
        queue.send(command(number, car_id=another_car(number)))
    aws.sqs.receive_message(QueueUrl=queue.url, MaxNumberOfMessages=1)
    assert queue.length() == 3


def test_a_message_comes_again_when_it_is_told_to(aws: Aws) -> None:
    queue = SqsCommandQueue(CARS, aws.sqs, aws.create_queue("CarCommandsQueue"))
    queue.send(command(1))
    [received] = aws.sqs.receive_message(QueueUrl=queue.url)["Messages"]
    assert "Messages" not in aws.sqs.receive_message(QueueUrl=queue.url)
    SqsDeliveries(aws.sqs, queue.url).come_again({received.get("ReceiptHandle", ""): 0})
    assert aws.sqs.receive_message(QueueUrl=queue.url)["Messages"]
