"""What each function may do, and on what: no more and no less."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.template.stacks import properties_of, target

LOG = ("logs:CreateLogStream", "logs:PutLogEvents")
STREAM = ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator")
QUEUE = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
"""What Lambda needs to write the log, to read the stream, and to take from a queue, in the function's name."""

RIGHTS: dict[str, dict[str, tuple[str, ...]]] = {
    "CommandApi": {
        "CommandApiLogGroup": LOG,
        "CarCommandsQueue": ("sqs:GetQueueAttributes", "sqs:SendMessage"),
        "CarTicketsTable": ("dynamodb:PutItem",),
        "CarEventsTable": ("dynamodb:BatchGetItem", "dynamodb:Query"),
        "CarOutcomesTable": ("dynamodb:BatchGetItem", "dynamodb:GetItem"),
    },
    "QueryApi": {
        "QueryApiLogGroup": LOG,
        "CarEventsTable": ("dynamodb:Query",),
        "CarOutcomesTable": ("dynamodb:GetItem",),
        "CarViewTable/index/*": ("dynamodb:Query",),
        "CarViewTable": ("dynamodb:BatchGetItem",),
    },
    "CarCommandHandler": {
        "CarCommandHandlerLogGroup": LOG,
        "CarCommandsQueue": ("sqs:ChangeMessageVisibility", *QUEUE),
        "CarEventsTable": ("dynamodb:Query", "dynamodb:PutItem"),
        "CarOutcomesTable": ("dynamodb:GetItem", "dynamodb:PutItem"),
        "CarCommandsDlq": ("sqs:SendMessage",),
    },
    "CarEventBroadcaster": {
        "CarEventBroadcasterLogGroup": LOG,
        "CarEventsTable.StreamArn": STREAM,
        "CarEventsTable/stream/*": ("dynamodb:ListStreams",),
        "CarEventsTable": ("dynamodb:Query",),
        "CarEventsTopic": ("sns:Publish",),
        "CarBroadcastDlq": ("sqs:SendMessage",),
    },
    "CarProjector": {
        "CarProjectorLogGroup": LOG,
        "CarEventsTable.StreamArn": STREAM,
        "CarEventsTable/stream/*": ("dynamodb:ListStreams",),
        "CarEventsTable": ("dynamodb:Query",),
        "CarViewTable": ("dynamodb:PutItem",),
        "CarProjectorDlq": ("sqs:SendMessage",),
        "CarProjectorRetryQueue": (
            "sqs:SendMessage",
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
        ),
    },
}
"""By function, what its role allows on each resource."""

ROLES = properties_of("AWS::IAM::Role")
POLICIES = properties_of("AWS::IAM::Policy")
"""What a role is given beside its own policies: for each kind of resource."""


def _statements(role: str) -> Iterator[dict[str, Any]]:
    attached = [policy for policy in POLICIES.values() if role in map(target, policy["Roles"])]
    for policy in (*ROLES[role]["Policies"], *attached):
        yield from policy["PolicyDocument"]["Statement"]


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]  # pyright: ignore[reportUnknownArgumentType] - as YAML has it


def allowed(role: str) -> set[tuple[str, str]]:
    """Return what a role allows, as pairs of an action and a resource."""
    return {
        (action, target(resource))
        for statement in _statements(role)
        for action in _listed(statement["Action"])
        for resource in _listed(statement["Resource"])
    }


@pytest.mark.parametrize("function", RIGHTS)
def test_a_function_may_do_exactly_this(function: str) -> None:
    wanted = {(action, resource) for resource, actions in RIGHTS[function].items() for action in actions}
    assert allowed(f"{function}Role") == wanted


def test_every_function_has_a_role_of_its_own_and_there_are_no_others() -> None:
    functions = properties_of("AWS::Serverless::Function").items()
    assert {name: target(function["Role"]) for name, function in functions} == {name: f"{name}Role" for name in RIGHTS}
    assert ROLES.keys() == {f"{name}Role" for name in RIGHTS}
    assert not [name for name, function in functions if "Policies" in function]


@pytest.mark.parametrize("role", ROLES)
def test_lambda_alone_assumes_a_role_and_a_role_allows_what_its_policies_say(role: str) -> None:
    assert ROLES[role].keys() == {"AssumeRolePolicyDocument", "Policies"}
    (trust,) = ROLES[role]["AssumeRolePolicyDocument"]["Statement"]
    assert trust == {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    for statement in _statements(role):
        assert statement.keys() == {"Effect", "Action", "Resource"}
        assert statement["Effect"] == "Allow"
