import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError

from resources.cars import CARS
from tests.support.aws import Aws, failing, requests_to
from tests.support.cars import CAR_ID
from tests.support.commits import another_car
from tests.support.messages import command, sqs_record
from trigger_pattern.application.submitting import Unavailable
from trigger_pattern.aws.messaging.command_message import read_command
from trigger_pattern.aws.messaging.sqs import SqsCommandQueue, SqsDeadLetters


@pytest.fixture
def url(aws: Aws) -> str:
    return aws.create_queue("CarCommandsQueue")


def client_error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "No."}}, "SendMessage")


def test_a_command_arrives_as_it_was_sent(aws: Aws, url: str) -> None:
    SqsCommandQueue(CARS, aws.sqs, url).send(command(1))
    assert [read_command(CARS, message["Body"]) for message in aws.receive(url)] == [command(1)]


def test_a_command_is_one_request(aws: Aws, url: str) -> None:
    with requests_to(aws.sqs) as requests:
        SqsCommandQueue(CARS, aws.sqs, url).send(command(1))
    assert requests == ["SendMessage"]


def test_commands_are_grouped_by_car(aws: Aws, url: str) -> None:
    queue = SqsCommandQueue(CARS, aws.sqs, url)
    queue.send(command(1))
    queue.send(command(2, car_id=another_car(1)))
    groups = [message["Attributes"]["MessageGroupId"] for message in aws.receive(url)]
    assert groups == [CAR_ID, another_car(1)]


def test_a_command_sent_twice_arrives_once(aws: Aws, url: str) -> None:
    queue = SqsCommandQueue(CARS, aws.sqs, url)
    queue.send(command(1))
    queue.send(command(1))
    assert len(aws.receive(url)) == 1


def test_equal_requests_are_not_duplicates(aws: Aws, url: str) -> None:
    queue = SqsCommandQueue(CARS, aws.sqs, url)
    queue.send(command(1))
    queue.send(command(2))
    assert len(aws.receive(url)) == 2


@pytest.mark.parametrize(
    "fault",
    [
        EndpointConnectionError(endpoint_url="https://sqs"),
        ConnectTimeoutError(endpoint_url="https://sqs"),
        ReadTimeoutError(endpoint_url="https://sqs"),
        client_error("ThrottlingException"),
        client_error("AccessDenied"),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_a_queue_that_does_not_answer_is_unavailable(aws: Aws, url: str, fault: Exception) -> None:
    with failing(aws.sqs, fault), pytest.raises(Unavailable):
        SqsCommandQueue(CARS, aws.sqs, url).send(command(1))


def test_a_queue_that_is_not_there_is_unavailable(aws: Aws, url: str) -> None:
    with pytest.raises(Unavailable):
        SqsCommandQueue(CARS, aws.sqs, url.replace("CarCommandsQueue", "Nowhere")).send(command(1))


@pytest.mark.parametrize(
    "body", ["hello", "{", '{"a": 1,  "b":\t2}', "ümlaut ⛟ 𝄞", '{"a":"\\ud800"}', "\n x \r\n", "x" * 200_000]
)
def test_a_dead_letter_is_kept_byte_for_byte(aws: Aws, body: str) -> None:
    url = aws.create_queue("CarCommandsDlq")
    SqsDeadLetters(aws.sqs, url).set_aside(sqs_record(body), "json_invalid")
    assert [message["Body"] for message in aws.receive(url)] == [body]


def test_a_dead_letters_reason_is_cut(aws: Aws) -> None:
    url = aws.create_queue("CarCommandsDlq")
    SqsDeadLetters(aws.sqs, url).set_aside(sqs_record("hello"), "x" * 5_000)
    (message,) = aws.receive(url)
    assert message["MessageAttributes"]["Reason"]["StringValue"] == "x" * 1_024


def test_whatever_the_queue_takes_can_be_set_aside_with_a_reason(aws: Aws, url: str) -> None:
    """SQS counts attributes as part of a message; a dead letter may be of 262,144 bytes in all, or of more."""
    longest = "x" * 65_536
    aws.sqs.send_message(QueueUrl=url, MessageBody=longest, MessageGroupId="car", MessageDeduplicationId="1")
    with pytest.raises(ClientError):
        aws.sqs.send_message(QueueUrl=url, MessageBody=longest + "x", MessageGroupId="car", MessageDeduplicationId="2")
    dead_letters = aws.create_queue("CarCommandsDlq")
    SqsDeadLetters(aws.sqs, dead_letters).set_aside(sqs_record(longest), "x" * 1_024)
    assert [message["Body"] for message in aws.receive(dead_letters)] == [longest]


def test_a_message_set_aside_twice_is_kept_once(aws: Aws) -> None:
    url = aws.create_queue("CarCommandsDlq")
    for _ in range(2):
        SqsDeadLetters(aws.sqs, url).set_aside(sqs_record("hello"), "json_invalid")
    assert len(aws.receive(url)) == 1
