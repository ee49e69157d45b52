"""The options that say what a replay sends and where, and the plan that they make."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

import click

from tools.cars.options import SEGMENTS, TIME
from tools.cars.replay.plan import Plan, Progress
from tools.cars.target import RESOURCE, Target
from trigger_pattern.application.clock import write_time

_OPTIONS = (
    click.option("--to", metavar="QUEUE_URL", help="Send to this queue, FIFO or standard."),
    click.option("--topic", is_flag=True, help="Send to the topic: to every subscriber."),
    click.option(f"--{RESOURCE.name}", "car", type=click.UUID, help=f"Send the events of this {RESOURCE.name} alone."),
    click.option(
        "--type",
        "types",
        metavar="TYPE",
        type=click.Choice(list(RESOURCE.events), case_sensitive=False),
        multiple=True,
        help=f"Send events of this type alone ({', '.join(RESOURCE.events)}); may be given several times.",
    ),
    click.option("--since", type=TIME, help="Send events from this time on: 2026-11-01, or 2026-11-01T09:30:00Z."),
    SEGMENTS,
    click.option("--resume", type=click.UUID, help="Go on with a replay that was interrupted; its own options hold."),
)


def planned(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command, after the stack, as its second argument, the replay's progress, made of its options."""

    @wraps(command)
    def run(target: Target, *, to: str | None, topic: bool, resume: UUID | None, **options: Any) -> None:  # noqa: ANN401 - click's
        what = {name: options.pop(name) for name in ("car", "types", "since", "segments")}
        if resume:
            if to or topic:
                raise click.UsageError("--resume knows where to send; leave --to and --topic out.")
            command(target, _interrupted(str(resume), target), **options)
            return
        if bool(to) == topic:
            raise click.UsageError("Say where to send: either --to QUEUE_URL or --topic.")
        command(
            target, Progress.of(target.resource, _plan(target, to or target.stack.events_topic_arn, **what)), **options
        )

    return run


def destinations(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that `planned` reads, before those that it has."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _plan(
    target: Target, to: str, *, car: UUID | None, types: tuple[str, ...], since: datetime | None, segments: int
) -> Plan:
    return Plan(
        replay=str(uuid4()),
        events_table=target.stack.events_table,
        to=to,
        car=str(car or ""),
        types=types,
        since=write_time(since) if since else "",
        segments=1 if car else segments,
    )


def _interrupted(replay: str, target: Target) -> Progress:
    try:
        progress = Progress.resume(target.resource, replay)
    except FileNotFoundError as error:
        raise click.UsageError(f"There is no interrupted replay {replay}.") from error
    if progress.plan.events_table != target.stack.events_table:
        raise click.UsageError(f"The replay {replay} is of another stack.")
    return progress
