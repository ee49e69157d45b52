"""The command line's entry: one module a command."""

import click

from tools.cars.rebuild_view import rebuild_view


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cars() -> None:
    """Operate a car registry.

    Without --stack-name, a command works on the stack that `make run` keeps running on this machine. With it, on that
    stack on AWS, with the credentials, region and profile that the AWS command line would take.
    """


cars.add_command(rebuild_view)

if __name__ == "__main__":
    cars(prog_name="cars")
