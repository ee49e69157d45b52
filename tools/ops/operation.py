"""A command that every resource has: made once for each, in its words."""

from collections.abc import Callable
from string import Template
from typing import Any, TypeAlias

import click

from tools.ops.target import on_a_stack
from trigger_pattern.definition.resource import AnyResource

Run: TypeAlias = Callable[..., None]
Option: TypeAlias = Callable[[AnyResource], Callable[[Run], Run]]
"""Makes a decorator that gives a command an option or an argument, for a resource."""
Operation: TypeAlias = Callable[[AnyResource], click.Command]


def worded(resource: AnyResource, text: str) -> str:
    """Return a text about a resource: `$name` is `account`, `$a_name` `an account`, `$plural` and `$id` as it says."""
    name = resource.words_of_name
    return Template(text).safe_substitute(
        name=name, a_name=f"{resource.article} {name}", plural=resource.plural.replace("-", " "), id=resource.id
    )


def operation(name: str, short_help: str, *options: Option) -> Callable[[Run], Operation]:
    """Make of a function, whose first argument is a Target, a command for any resource. Its docstring is the help."""

    def of(run: Run) -> Operation:
        def made(resource: AnyResource) -> click.Command:
            command = on_a_stack(resource, run)
            for option_of in reversed(options):
                command = option_of(resource)(command)
            described = worded(resource, run.__doc__ or "")
            return click.command(name, help=described, short_help=worded(resource, short_help))(command)

        return made

    return of


def option(*names: str, help: str, **settings: Any) -> Option:  # noqa: A002, ANN401 - as click has it
    """Make an option for any resource. Its names and its help may be worded."""

    def made(resource: AnyResource) -> Callable[[Run], Run]:
        return click.option(*names, help=worded(resource, help), **settings)

    return made


def argument(name: str, **settings: Any) -> Option:  # noqa: ANN401 - as click has it
    """Make an argument, the same for any resource."""
    return lambda _: click.argument(name, **settings)


def id_option(help: str) -> Option:  # noqa: A002 - as click has it
    """Make the option that names one by its id, `--account ID`: the parameter `aggregate_id`."""
    return lambda resource: click.option(
        f"--{resource.name}", "aggregate_id", type=click.UUID, help=worded(resource, help)
    )


def types_option(help: str) -> Option:  # noqa: A002 - as click has it
    """Make the option that names types of events, in any case: the parameter `types`."""

    def made(resource: AnyResource) -> Callable[[Run], Run]:
        names = list(resource.events)
        return click.option(
            "--type", "types", metavar="TYPE", multiple=True, type=click.Choice(names, case_sensitive=False),
            help=f"{help} ({', '.join(names)}); may be given several times.",
        )  # fmt: skip

    return made
