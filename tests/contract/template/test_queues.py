"""How long each queue keeps a message, who takes it, and where it goes when that keeps failing; and the topic."""

from typing import Any

import pytest

from tests.contract.template.stacks import DEPLOYED, ENVIRONMENTS, LOCAL, of_type, properties_of, target

DAY = 24 * 3600
RETENTION = dict.fromkeys(
    ("CarCommandsQueue", "CarCommandsDlq", "CarBroadcastDlq", "CarProjectorDlq", "CarProjectorRetryQueue"), 14 * DAY
)
"""In seconds: the most that SQS offers."""
FIFO = {"CarCommandsQueue", "CarCommandsDlq"}
"""These keep each car's messages in order."""
HANDLERS = {"CarCommandsQueue": "CarCommandHandler", "CarProjectorRetryQueue": "CarProjector"}
"""Who takes the messages of a queue. The other queues wait for a person."""
REDRIVES = {"CarCommandsQueue": ("CarCommandsDlq", 1000), "CarProjectorRetryQueue": ("CarProjectorDlq", 220)}
"""Where SQS moves a message, and after how many receives."""


def _queues(environment: str = "prod") -> dict[str, dict[str, Any]]:
    return properties_of("AWS::SQS::Queue", **ENVIRONMENTS[environment])


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_queue_keeps_its_messages_for_14_days(environment: str) -> None:
    queues = _queues(environment)
    assert {name: queue["MessageRetentionPeriod"] for name, queue in queues.items()} == RETENTION


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_queue_outlives_the_stack(environment: str) -> None:
    for name, queue in of_type("AWS::SQS::Queue", **ENVIRONMENTS[environment]).items():
        assert (queue["DeletionPolicy"], queue["UpdateReplacePolicy"]) == ("Retain", "Retain"), name


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_queue_is_encrypted(environment: str) -> None:
    assert [name for name, queue in _queues(environment).items() if queue["SqsManagedSseEnabled"] is not True] == []


def test_queues_of_cars_are_fifo_by_car_and_deduplicated_by_the_senders_id() -> None:
    by_car = {"DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId"}
    for name, queue in _queues().items():
        wanted = {"FifoQueue": True, "ContentBasedDeduplication": False, **by_car} if name in FIFO else {}
        settings = ("FifoQueue", "ContentBasedDeduplication", *by_car)
        assert {setting: queue[setting] for setting in settings if setting in queue} == wanted, name


def test_no_queue_holds_a_message_back() -> None:
    assert not [name for name, queue in _queues().items() if "DelaySeconds" in queue]


def test_a_message_stays_hidden_for_six_times_its_handlers_timeout() -> None:
    """AWS asks for that: Lambda may retry the batch while it is throttled."""
    functions = properties_of("AWS::Serverless::Function")
    for name, handler in HANDLERS.items():
        assert _queues()[name]["VisibilityTimeout"] >= 6 * functions[handler]["Timeout"], name


def test_a_command_stays_hidden_for_longer_than_clocks_may_be_apart_and_for_no_more_than_three_minutes() -> None:
    assert 30 < _queues()["CarCommandsQueue"]["VisibilityTimeout"] <= 180


def test_a_car_waits_22_hours_for_newer_code_before_it_is_dead_lettered() -> None:
    _, receives = REDRIVES["CarProjectorRetryQueue"]
    assert receives * _queues()["CarProjectorRetryQueue"]["VisibilityTimeout"] == 22 * 3600


def test_what_keeps_failing_is_moved_to_a_queue_of_its_kind() -> None:
    queues = _queues()
    redrives = {name: queue["RedrivePolicy"] for name, queue in queues.items() if "RedrivePolicy" in queue}
    found = {name: (target(moved["deadLetterTargetArn"]), moved["maxReceiveCount"]) for name, moved in redrives.items()}
    assert found == REDRIVES
    assert all((name in FIFO) == (dead_letters in FIFO) for name, (dead_letters, _) in REDRIVES.items())


def test_a_handler_takes_from_its_queue_alone() -> None:
    functions = properties_of("AWS::Serverless::Function").items()
    events = [(name, event) for name, function in functions for event in function.get("Events", {}).values()]
    assert {target(event["Properties"]["Queue"]): name for name, event in events if event["Type"] == "SQS"} == HANDLERS


def _denials(kind: str, resources: str, environment: str) -> dict[str, Any]:
    """Return the only statement of each policy, by what the policy is for."""
    policies = properties_of(kind, **ENVIRONMENTS[environment]).values()
    return {target(named): policy["PolicyDocument"]["Statement"] for policy in policies for named in policy[resources]}


def _tls_only(action: str, resource: Any) -> list[dict[str, Any]]:
    condition = {"Bool": {"aws:SecureTransport": "false"}}
    statement = {"Effect": "Deny", "Principal": "*", "Action": action, "Resource": resource, "Condition": condition}
    return [{"Sid": "TlsOnly", **statement}]


@pytest.mark.parametrize("environment", DEPLOYED)
def test_nobody_reaches_a_queue_in_the_clear(environment: str) -> None:
    denials = _denials("AWS::SQS::QueuePolicy", "Queues", environment)
    assert denials == {name: _tls_only("sqs:*", {"Fn::GetAtt": [name, "Arn"]}) for name in RETENTION}


@pytest.mark.parametrize("environment", DEPLOYED)
def test_nobody_publishes_in_the_clear(environment: str) -> None:
    denials = _denials("AWS::SNS::TopicPolicy", "Topics", environment)
    assert denials == {"CarEventsTopic": _tls_only("sns:Publish", {"Ref": "CarEventsTopic"})}


def test_an_emulator_is_reached_in_the_clear() -> None:
    assert not of_type("AWS::SQS::QueuePolicy", **LOCAL)
    assert not of_type("AWS::SNS::TopicPolicy", **LOCAL)


def test_a_standard_topic_has_nothing_of_a_fifo_topic_and_the_broadcaster_knows() -> None:
    assert properties_of("AWS::SNS::Topic", TopicType="standard")["CarEventsTopic"].keys() == {"KmsMasterKeyId"}
    broadcaster = properties_of("AWS::Serverless::Function", TopicType="standard")["CarEventBroadcaster"]
    assert broadcaster["Environment"]["Variables"]["EVENTS_TOPIC_TYPE"] == "standard"


def test_a_topic_keeps_an_archive_for_as_long_as_wanted() -> None:
    topic = properties_of("AWS::SNS::Topic", TopicArchiveDays="30")["CarEventsTopic"]
    assert topic["ArchivePolicy"] == {"MessageRetentionPeriod": "30"}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_topic_is_encrypted_and_keeps_each_cars_order(environment: str) -> None:
    assert properties_of("AWS::SNS::Topic", **ENVIRONMENTS[environment]) == {
        "CarEventsTopic": {
            "FifoTopic": True,
            "ContentBasedDeduplication": False,
            "FifoThroughputScope": "MessageGroup",
            "KmsMasterKeyId": "alias/aws/sns",
        }
    }
