"""Options that several commands have, and kinds of values that options take."""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import click

from tools.ops.operation import Run, option, worded
from tools.ops.target import STACK_OPTIONS
from trigger_pattern.application.clock import in_utc
from trigger_pattern.definition.resource import AnyResource


class Time(click.ParamType[datetime]):
    """A date or a time as RFC 3339 has it. Without an offset it is in UTC, as everything stored is."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read it; click tells a person where it is none."""
        try:
            moment = datetime.fromisoformat(str(value))
            return in_utc(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        except ValueError:
            self.fail(f"{value} is no time like 2026-11-01 or 2026-11-01T09:30:00Z, years 1 to 9999.", param, ctx)


TIME = Time()


class Finite(click.FloatRange):
    """A number in a range that is none of `nan` and `inf`, which no comparison with the range's ends keeps out."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - click's
        """Return the number. click reports what is none."""
        number = super().convert(value, param, ctx)
        return number if math.isfinite(number) else self.fail(f"{value} is no finite number.", param, ctx)


SEGMENTS = option(
    "--segments", type=click.IntRange(1, 256), default=8, show_default=True, help="Parts of the table read at a time."
)
JSON = option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
DRY_RUN = option("--dry-run", is_flag=True, help="Read everything, print what would be done, and change nothing.")

_FILTER = "filter_"
_TAKEN = {"type", "json", "help", *STACK_OPTIONS}


def filter_options(resource: AnyResource) -> Callable[[Run], Run]:
    """Return what gives a command an option for each of a resource's filters, with its values where they are few."""

    def give(command: Run) -> Run:
        for name in reversed(resource.filters):
            command = _filter_option(resource, name)(command)
        return command

    return give


def filters_in(options: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the values of `filter_options`, as a command gets them, by the names of the filters."""
    return {name.removeprefix(_FILTER): value for name, value in options.items()}


def _filter_option(resource: AnyResource, name: str) -> Callable[[Run], Run]:
    values: list[str] = resource.members[name].codec.accepts.get("enum", [])
    examples = f" ({', '.join(values)})" if values else ""
    is_taken = name in {*_TAKEN, resource.name}
    return click.option(
        f"--{resource.name}-{name}" if is_taken else f"--{name}",
        f"{_FILTER}{name}",
        metavar=name.upper(),
        type=click.Choice(values, case_sensitive=False) if values else str,
        help=worded(resource, f"Only events of $plural of this {name}{examples}."),
    )
