"""The command line's entry: a group for each resource, with one module a command."""

import re
from collections.abc import Sequence
from itertools import pairwise

import click

from resources import RESOURCES
from tools.ops.dlq.command import dlq
from tools.ops.history.command import history
from tools.ops.operation import Operation, worded
from tools.ops.rebuild_view.command import rebuild_view
from tools.ops.replay.command import replay
from tools.ops.tail import tail
from tools.ops.verify.command import verify
from tools.signals import end_on_sigterm
from trigger_pattern.definition.resource import AnyResource

OPERATIONS: tuple[Operation, ...] = (dlq, history, rebuild_view, replay, tail, verify)

_STACKS = """Without --stack-name, a command works on the stack that `make run` keeps running on this machine. With it,
on that stack on AWS, with the credentials, region and profile that the AWS command line would take.
"""


class NothingEmpty(click.Group):
    """A command line on which an empty option or argument is an error.

    It comes of a variable that is not set: `--stack-name "$STACK"` must not mean the stack on this machine.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line, every command's own options included. Raises click.UsageError."""
        for before, arg in pairwise(["", *args]):
            if not arg.strip():
                raise click.UsageError(f"An empty value is given{f' after {before}' * bool(before)}.", ctx)
            if re.fullmatch(r"--[A-Za-z-]+=\s*", arg):
                raise click.UsageError(f"An empty value is given after {arg}.", ctx)
        return super().parse_args(ctx, args)


def command_line(resources: Sequence[AnyResource]) -> click.Group:
    """Return the command line for some resources, each by its plural."""
    settings = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
    line = NothingEmpty(help=f"Operate a resource of a stack.\n\n{_STACKS}", context_settings=settings)
    for resource in resources:
        line.add_command(_commands_of(resource))
    return line


def _commands_of(resource: AnyResource) -> click.Group:
    what = worded(resource, "Operate the $plural of a stack.")
    group = click.Group(resource.plural, help=f"{what}\n\n{_STACKS}", short_help=what)
    for operation in OPERATIONS:
        group.add_command(operation(resource))
    return group


if __name__ == "__main__":
    end_on_sigterm(nohup=True)
    command_line(RESOURCES)(prog_name="ops")
