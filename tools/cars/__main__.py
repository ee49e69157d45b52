"""The command line's entry: one module a command."""

import re
from itertools import pairwise

import click

from tools.cars.dlq.command import dlq
from tools.cars.history.command import history
from tools.cars.rebuild_view.command import rebuild_view
from tools.cars.replay.command import replay
from tools.cars.tail import tail
from tools.cars.verify.command import verify
from tools.signals import end_on_sigterm


class NothingEmpty(click.Group):
    """A command line on which an empty option or argument is an error.

    It comes of a variable that is not set: `--stack-name "$STACK"` must not mean the stack on this machine.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line, every command's own options included. Raises click.UsageError."""
        for before, arg in pairwise(["", *args]):
            if not arg.strip():
                raise click.UsageError(f"An empty value is given{f' after {before}' * bool(before)}.", ctx)
            if re.fullmatch(r"--[a-z-]+=\s*", arg):
                raise click.UsageError(f"An empty value is given after {arg}.", ctx)
        return super().parse_args(ctx, args)


@click.group(cls=NothingEmpty, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cars() -> None:
    """Operate a car registry.

    Without --stack-name, a command works on the stack that `make run` keeps running on this machine. With it, on that
    stack on AWS, with the credentials, region and profile that the AWS command line would take.
    """


for command in (dlq, history, rebuild_view, replay, tail, verify):
    cars.add_command(command)

if __name__ == "__main__":
    end_on_sigterm(nohup=True)
    cars(prog_name="cars")
