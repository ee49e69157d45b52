"""A stack is described by its outputs: what all resources share, and each resource's part."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from resources.cars import CARS
from tests.support.accounts import ACCOUNTS
from tools.aws import Aws
from tools.deployed import NoRegistry, deployed
from tools.stack import Stack

NAMES = (
    "EventsTableName", "OutcomesTableName", "ViewTableName", "TicketsTableName", "CommandsQueueUrl", "CommandsDlqUrl",
    "BroadcastDlqUrl", "ProjectorDlqUrl", "EventsTopicArn", "EventSource", "CommandHandlerFunctionName",
    "EventBroadcasterFunctionName", "ProjectorFunctionName",
)  # fmt: skip
SHARED = ("ApiUrl", "EventsTopicType", "CommandApiFunctionName", "QueryApiFunctionName")
OF_CARS = {f"Car{name}": f"car {name}" for name in NAMES}
OF_ACCOUNTS = {f"Account{name}": f"account {name}" for name in NAMES}
SHARED_BY_ALL = {name: f"https://{name}" for name in SHARED}
BOTH = SHARED_BY_ALL | OF_CARS | OF_ACCOUNTS


@dataclass
class CloudFormation:
    """Knows one stack, by any name."""

    outputs: dict[str, str]
    endpoint: str = ""
    region: str = "eu-north-1"

    def cloudformation(self) -> "CloudFormation":
        return self

    def describe_stacks(self, **_: str) -> dict[str, Any]:
        outputs = [{"OutputKey": name, "OutputValue": value} for name, value in self.outputs.items()]
        return {"Stacks": [{"Outputs": outputs}]}


def described(outputs: dict[str, str]) -> Stack:
    return deployed(cast("Aws", CloudFormation(outputs)), "mine", (CARS, ACCOUNTS))


def test_each_resource_has_its_own_part() -> None:
    stack = described(BOTH)
    assert (stack.of("car").events_table, stack.of("account").events_table) == (
        "car EventsTableName",
        "account EventsTableName",
    )
    assert stack.of("account").view_table == "account ViewTableName"
    assert (stack.api_url, stack.events_topic_type) == ("https://ApiUrl", "https://EventsTopicType")


def test_functions_are_known_by_their_names_in_the_template() -> None:
    own = (
        f"{kind}{name}" for kind in ("Car", "Account") for name in ("CommandHandler", "EventBroadcaster", "Projector")
    )
    assert list(described(BOTH).functions) == ["CommandApi", "QueryApi", *own]


def test_a_description_is_read_as_it_was_written(tmp_path: Path) -> None:
    stack, file = described(BOTH), tmp_path / "stack.json"
    stack.write(file)
    assert Stack.read(file) == stack


@pytest.mark.parametrize(
    ("outputs", "message"),
    [
        (SHARED_BY_ALL | OF_CARS, "is no account registry: it has no output 'AccountEventsTableName'"),
        (SHARED_BY_ALL | OF_ACCOUNTS, "is no car registry: it has no output 'CarEventsTableName'"),
        ({}, "is no car and account registry: it has no output 'ApiUrl'"),
    ],
)
def test_a_resource_that_the_stack_does_not_have_is_an_error(outputs: dict[str, str], message: str) -> None:
    with pytest.raises(NoRegistry, match=f"The stack mine {message}"):
        described(outputs)
