"""Set through the API, after a deploy, what the emulator drops or does differently from AWS.

Everything else in the template that has an effect there arrives. Without effect there, and so not set: the
API's throttling and access logs, encryption, and point-in-time recovery, which is off in the local stack.
"""

import json
from typing import Any

from tools.aws import Aws
from tools.stack import Stack


def fill(stack: Stack, archive_days: str = "") -> None:
    """Close every gap; `archive_days` is the template's parameter, where it is given."""
    for pipeline in stack.pipelines.values():
        if stack.events_topic_type == "fifo":
            _topic_is_fifo(stack.aws, pipeline.events_topic_arn)
        if archive_days:
            _topic_has_archive(stack.aws, pipeline.events_topic_arn, archive_days)
        for table in (pipeline.outcomes_table, pipeline.tickets_table):
            _items_expire(stack.aws, table)
    _api_has_an_address_for_all(stack)
    for function in stack.functions.values():
        _publish_covers_batches(stack.aws, function)


def _api_has_an_address_for_all(stack: Stack) -> None:
    """`ApiEndpoint` is a name below localhost, which curl and browsers resolve, and Python does not."""
    function, functions = stack.api_functions["QueryApi"], stack.aws.functions()
    variables = functions.get_function_configuration(FunctionName=function).get("Environment", {}).get("Variables", {})
    own = {**variables, "API_ENDPOINT": stack.api_url}
    functions.update_function_configuration(FunctionName=function, Environment={"Variables": own})


def _topic_is_fifo(aws: Aws, topic: str) -> None:
    """`FifoTopic` is dropped: without it the topic loses its messages' group and deduplication ids."""
    attributes = {"FifoTopic": "true", "ContentBasedDeduplication": "false"}
    for name, value in attributes.items():
        aws.sns().set_topic_attributes(TopicArn=topic, AttributeName=name, AttributeValue=value)


def _topic_has_archive(aws: Aws, topic: str, days: str) -> None:
    """`ArchivePolicy` is dropped. Set, it is kept, and has no effect: the emulator archives nothing."""
    policy = json.dumps({"MessageRetentionPeriod": days})
    aws.sns().set_topic_attributes(TopicArn=topic, AttributeName="ArchivePolicy", AttributeValue=policy)


def _items_expire(aws: Aws, table: str) -> None:
    """`TimeToLiveSpecification` is dropped."""
    aws.dynamodb().update_time_to_live(
        TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expiresAt"}
    )


def _publish_covers_batches(aws: Aws, function: str) -> None:
    """`sns:Publish` permits PublishBatch on AWS; the emulator wants an action that AWS does not have."""
    arn = aws.functions().get_function_configuration(FunctionName=function)["Role"]
    role = arn.rpartition("/")[2]
    iam = aws.iam()
    for name in iam.list_role_policies(RoleName=role)["PolicyNames"]:
        policy: Any = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        for statement in policy["Statement"]:
            if statement["Action"] == "sns:Publish":
                statement["Action"] = ["sns:Publish", "sns:PublishBatch"]
        iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(policy))
