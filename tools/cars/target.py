"""Which stack a command works on, and how it is reached."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path

import boto3
import click
from botocore.exceptions import BotoCoreError, ClientError

from resources import RESOURCES
from tools.aws import Aws
from tools.paths import STACK_FILE
from tools.stack import Stack, deployed
from trigger_pattern.aws.messaging.sns import SnsTopic
from trigger_pattern.definition.resource import AnyResource

RESOURCE: AnyResource = RESOURCES[0]
"""The resource that every command works on; options are named after it."""

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


def on_a_stack(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that name a stack, and as its first argument the stack; explain AWS's faults."""

    @wraps(command)
    def run(
        *, stack_name: str | None, region: str | None, profile: str | None, stack_file: Path, **options: object
    ) -> None:
        try:
            command(find(stack_name, region, profile, stack_file), **options)
        except (BotoCoreError, ClientError) as error:
            raise click.ClickException(str(error)) from error

    for option in reversed(_OPTIONS):
        run = option(run)
    return run


@dataclass(frozen=True)
class Target:
    """A deployed stack, and clients for it."""

    stack: Stack
    aws: Aws

    @property
    def resource(self) -> AnyResource:
        """What the command works on."""
        return RESOURCE

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.aws.endpoint or f"AWS, {self.aws.region}"

    def topic(self, replay: str = "") -> SnsTopic:
        """Give the stack's topic: for a replay's events, or for late ones."""
        stack = self.stack
        fifo = stack.events_topic_type == "fifo"
        return SnsTopic(self.resource, self.aws.sns(), stack.events_topic_arn, stack.event_source, fifo, replay)


def find(stack_name: str | None, region: str | None, profile: str | None, stack_file: Path) -> Target:
    """Find the stack. Raises click's exceptions where there is none, or options contradict each other."""
    if stack_name is not None:
        return _on_aws(stack_name, boto3.Session(region_name=region, profile_name=profile))
    if region is not None or profile is not None:
        raise click.UsageError("--region and --profile go with --stack-name.")
    try:
        stack = Stack.read(stack_file)
    except (OSError, ValueError, KeyError, TypeError) as error:  # there is no file, or it is no stack's
        message = f"No stack is running on this machine ({stack_file}). Start one with `make run`, or name one on AWS."
        raise click.ClickException(message) from error
    return Target(stack, stack.aws)


def _on_aws(stack_name: str, session: boto3.Session) -> Target:
    aws = Aws(session)
    try:
        return Target(deployed(aws, stack_name), aws)
    except KeyError as missing:
        raise click.ClickException(f"The stack {stack_name} is no car registry: it has no output {missing}.") from None
