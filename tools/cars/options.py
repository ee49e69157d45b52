"""Options that several commands have, and kinds of values that options take."""

import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click

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


SEGMENTS = click.option(
    "--segments", type=click.IntRange(1, 256), default=8, show_default=True, help="Parts of the table read at a time."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Read everything, say what would be done, and do nothing.")


def filter_options(resource: AnyResource) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return what gives a command an option for each of a resource's filters, with its values where they are few."""

    def give(command: Callable[..., None]) -> Callable[..., None]:
        for name in reversed(resource.filters):
            command = _filter_option(resource, name)(command)
        return command

    return give


def _filter_option(resource: AnyResource, name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    values: list[str] = resource.members[name].codec.accepts.get("enum", [])
    examples = f" ({', '.join(values)})" if values else ""
    return click.option(
        f"--{name}",
        name,
        metavar=name.upper(),
        type=click.Choice(values, case_sensitive=False) if values else str,
        help=f"Only events of {resource.plural} of this {name}{examples}.",
    )
