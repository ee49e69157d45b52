"""Which stack and which resource a command works on, and how they are reached."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path

import boto3
import click
from botocore.exceptions import BotoCoreError, ClientError

from tools.aws import Aws
from tools.deployed import NoRegistry, deployed
from tools.paths import STACK_FILE
from tools.stack import Pipeline, Stack
from trigger_pattern.aws.messaging.sns import SnsTopic
from trigger_pattern.definition.resource import AnyResource

_OPTIONS: dict[str, Callable[[Callable[..., None]], Callable[..., None]]] = {
    "stack-name": click.option("--stack-name", help="A stack on AWS. Without it: the stack on this machine."),
    "region": click.option("--region", help="With --stack-name: its AWS region, if the profile has another or none."),
    "profile": click.option("--profile", help="With --stack-name: a profile of ~/.aws/config."),
    "stack-file": click.option(
        "--stack-file",
        type=click.Path(dir_okay=False, path_type=Path),
        default=STACK_FILE,
        show_default=".local/stack.json",
        help="Where the stack on this machine is described.",
    ),
}
STACK_OPTIONS = frozenset(_OPTIONS)
"""The names of the options that name a stack."""


def on_a_stack(resource: AnyResource, command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that name a stack, pass the target as the first argument, and explain AWS's faults."""

    @wraps(command)
    def run(
        *, stack_name: str | None, region: str | None, profile: str | None, stack_file: Path, **options: object
    ) -> None:
        try:
            command(find(resource, stack_name, region, profile, stack_file), **options)
        except (BotoCoreError, ClientError) as error:
            raise click.ClickException(str(error)) from error

    with_options: Callable[..., None] = run
    for option in reversed(_OPTIONS.values()):
        with_options = option(with_options)
    return with_options


@dataclass(frozen=True)
class Target:
    """A resource of a deployed stack, and clients for it."""

    resource: AnyResource
    stack: Stack
    aws: Aws

    @property
    def pipeline(self) -> Pipeline:
        """The resource's part of the stack."""
        return self.stack.of(self.resource.name)

    @property
    def is_fifo(self) -> bool:
        """Whether the topic is FIFO."""
        return self.stack.events_topic_type == "fifo"

    def topic(self, replay: str = "") -> SnsTopic:
        """Return the resource's topic: for a replay's events, or for late ones."""
        arn, source = self.pipeline.events_topic_arn, self.pipeline.event_source
        return SnsTopic(self.resource, self.aws.sns(), arn, source, self.is_fifo, replay)


def find(
    resource: AnyResource, stack_name: str | None, region: str | None, profile: str | None, stack_file: Path
) -> Target:
    """Find the stack. Raises click's exceptions where there is none, or options contradict each other."""
    if stack_name is not None:
        return _on_aws(resource, stack_name, boto3.Session(region_name=region, profile_name=profile))
    if region is not None or profile is not None:
        raise click.UsageError("--region and --profile go with --stack-name.")
    stack = _on_this_machine(stack_file)
    if resource.name not in stack.pipelines:
        raise click.ClickException(
            f"The stack on this machine ({stack_file}) is no {resource.words_of_name} registry. "
            "Stop it, and start it again with `make run`."
        )
    return Target(resource, stack, stack.aws)


def _on_this_machine(stack_file: Path) -> Stack:
    try:
        return Stack.read(stack_file)
    except (OSError, ValueError, KeyError, TypeError) as error:  # there is no file, or it is no stack's
        message = f"No stack is running on this machine ({stack_file}). Start one with `make run`, or name one on AWS."
        raise click.ClickException(message) from error


def _on_aws(resource: AnyResource, stack_name: str, session: boto3.Session) -> Target:
    aws = Aws(session)
    try:
        return Target(resource, deployed(aws, stack_name, [resource]), aws)
    except NoRegistry as missing:
        raise click.ClickException(str(missing)) from None
