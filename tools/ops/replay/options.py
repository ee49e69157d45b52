"""The options that say what a replay sends and where, and the plan that they make."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

import click

from tools.ops.operation import id_option, option, types_option
from tools.ops.options import SEGMENTS, TIME
from tools.ops.replay.plan import Plan, Progress
from tools.ops.target import Target
from trigger_pattern.application.clock import write_time

DESTINATIONS = (
    option("--to", metavar="QUEUE_URL", help="Send to this queue, FIFO or standard."),
    option("--topic", is_flag=True, help="Send to the topic: to every subscriber."),
    id_option("Send the events of this $name alone."),
    types_option("Send events of this type alone"),
    option("--since", type=TIME, help="Send events from this time on: 2026-11-01, or 2026-11-01T09:30:00Z."),
    SEGMENTS,
    option("--resume", type=click.UUID, help="Go on with a replay that was interrupted; its own options hold."),
)
"""The options that `planned` reads."""


def planned(command: Callable[..., None]) -> Callable[..., None]:
    """Pass the replay's progress, made of the options, as the second argument, after the stack."""

    @wraps(command)
    def run(target: Target, *, to: str | None, topic: bool, resume: UUID | None, **options: Any) -> None:  # noqa: ANN401 - click's
        what = {name: options.pop(name) for name in ("aggregate_id", "types", "since", "segments")}
        if resume:
            if to or topic:
                raise click.UsageError("--resume knows where to send; leave --to and --topic out.")
            command(target, _interrupted(str(resume), target), **options)
            return
        if bool(to) == topic:
            raise click.UsageError("Say where to send: either --to QUEUE_URL or --topic.")
        plan = _plan(target, to or target.pipeline.events_topic_arn, **what)
        command(target, Progress.of(target.resource, plan), **options)

    return run


def _plan(
    target: Target, to: str, *, aggregate_id: UUID | None, types: tuple[str, ...], since: datetime | None, segments: int
) -> Plan:
    return Plan(
        replay=str(uuid4()),
        events_table=target.pipeline.events_table,
        to=to,
        aggregate_id=str(aggregate_id or ""),
        types=types,
        since=write_time(since) if since else "",
        segments=1 if aggregate_id else segments,
    )


def _interrupted(replay: str, target: Target) -> Progress:
    try:
        progress = Progress.resume(target.resource, replay)
    except FileNotFoundError as error:
        raise click.UsageError(f"There is no interrupted replay {replay}.") from error
    if progress.plan.events_table != target.pipeline.events_table:
        raise click.UsageError(f"The replay {replay} is of another stack, or another resource.")
    return progress
