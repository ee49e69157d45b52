"""The command line's entry: one module a command."""

import click

from tools.cars.dlq import dlq
from tools.cars.history import history
from tools.cars.rebuild_view import rebuild_view
from tools.cars.replay import replay
from tools.cars.tail import tail
from tools.cars.verify import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cars() -> None:
    """Operate a car registry.

    Without --stack-name, a command works on the stack that `make run` keeps running on this machine. With it, on that
    stack on AWS, with the credentials, region and profile that the AWS command line would take.
    """


cars.add_command(dlq)
cars.add_command(rebuild_view)
cars.add_command(replay)
cars.add_command(tail)
cars.add_command(history)
cars.add_command(verify)

if __name__ == "__main__":
    cars(prog_name="cars")
