"""The command line's entry: one module a command."""

import click

from tools.cars.dlq.command import dlq
from tools.cars.history.command import history
from tools.cars.rebuild_view.command import rebuild_view
from tools.cars.replay.command import replay
from tools.cars.tail import tail
from tools.cars.verify.command import verify
from tools.signals import end_on_sigterm


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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
