"""Which stack a command works on, and how it is reached."""

import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import boto3
import click
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tools.aws import KEY_ID, SECRET
from tools.paths import STACK_FILE
from tools.stack import Stack

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--stack-name", help="A stack on AWS. Without it: the stack on this machine."),
    click.option("--region", help="With --stack-name: its AWS region, where the profile has another or none."),
    click.option("--profile", help="With --stack-name: a profile of ~/.aws/config."),
    click.option(
        "--stack-file",
        type=click.Path(dir_okay=False, path_type=Path),
        default=STACK_FILE,
        show_default=".local/stack.json",
        help="Where the stack on this machine is described.",
    ),
)


def stack_options(command: Command) -> Command:
    """Give a command the options that `find` takes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True)
class Target:
    """A deployed stack; `endpoint_url` is None on AWS."""

    events_table: str
    cars_view_table: str
    session: boto3.Session
    endpoint_url: str | None = None

    def dynamodb(self, connections: int) -> "DynamoDBClient":
        """Make a client for so many threads, which slows down where AWS throttles it."""
        config = Config(max_pool_connections=connections, retries={"mode": "adaptive", "total_max_attempts": 10})
        return self.session.client("dynamodb", endpoint_url=self.endpoint_url, config=config)


def find(stack_name: str | None, region: str | None, profile: str | None, stack_file: Path) -> Target:
    """Find the stack. Raises click's exceptions where there is none, or options contradict each other."""
    if stack_name:
        return _on_aws(stack_name, boto3.Session(region_name=region, profile_name=profile))
    if region or profile:
        raise click.UsageError("--region and --profile go with --stack-name.")
    try:
        stack = Stack.read(stack_file)
    except (OSError, json.JSONDecodeError, KeyError) as error:
        message = f"No stack is running on this machine ({stack_file}). Start one with `make run`, or name one on AWS."
        raise click.ClickException(message) from error
    session = boto3.Session(aws_access_key_id=KEY_ID, aws_secret_access_key=SECRET, region_name=stack.region)
    return Target(stack.events_table, stack.cars_view_table, session, stack.aws_endpoint_url)


def _on_aws(stack_name: str, session: boto3.Session) -> Target:
    described: Any = session.client("cloudformation").describe_stacks(StackName=stack_name)["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", [])}
    try:
        return Target(outputs["EventsTableName"], outputs["CarsViewTableName"], session)
    except KeyError as missing:
        raise click.ClickException(f"The stack {stack_name} is no car registry: it has no output {missing}.") from None


@contextmanager
def aws_faults_explained() -> Generator[None]:
    """Turn AWS's faults into messages for a person."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise click.ClickException(str(error)) from error
