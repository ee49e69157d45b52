"""What the emulator's CloudFormation drops from the template, set through the AWS API right after a deploy.

Everything else in the template that has an effect there arrives. Without effect there, and so not set: the
API's throttling and access logs, encryption, and point-in-time recovery, which is off in the local stack.
"""

from tools.aws import Aws
from tools.stack import Stack


def fill(stack: Stack) -> None:
    """Close every gap."""
    _topic_is_fifo(stack.aws, stack.events_topic_arn)
    _outcomes_expire(stack.aws, stack.command_outcomes_table)


def _topic_is_fifo(aws: Aws, topic: str) -> None:
    """`FifoTopic`: without it the topic loses its messages' group and deduplication ids."""
    attributes = {"FifoTopic": "true", "ContentBasedDeduplication": "false"}
    for name, value in attributes.items():
        aws.sns().set_topic_attributes(TopicArn=topic, AttributeName=name, AttributeValue=value)


def _outcomes_expire(aws: Aws, table: str) -> None:
    """`TimeToLiveSpecification`."""
    aws.dynamodb().update_time_to_live(
        TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expiresAt"}
    )
