"""`cars replay`: send the history of cars again, to one subscriber's queue or to all."""

import json
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event

import click
from botocore.exceptions import BotoCoreError, ClientError

from tools.cars.options import DRY_RUN, JSON, Finite
from tools.cars.progress import bar
from tools.cars.replay.event_queue import CountedTopic, Nowhere, Pace, PacedTopic, SqsEventQueue
from tools.cars.replay.options import destinations, planned
from tools.cars.replay.plan import Plan, Progress
from tools.cars.replay.replaying import Replay
from tools.cars.scanning import EventsTable
from tools.cars.target import Target, on_a_stack
from trigger_pattern.application.publishing import Broadcaster, PublishingFailed, Topic
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.filters import Filters

CHUNK = 200
PACE = Finite(1)


@click.command("replay", short_help="Send the history of cars again.")
@destinations
@click.option("--rate", type=PACE, default=500, show_default=True, help="Events a second, at most.")
@DRY_RUN
@click.option("--yes", is_flag=True, help="Do not ask before sending to the topic.")
@JSON
@on_a_stack
@planned
def replay(target: Target, progress: Progress, rate: float, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Send the history of cars again.

    Events go to one subscriber's queue (--to), as the topic delivers them there with raw delivery; or to the topic
    (--topic), and so to every subscriber: then it asks first. A new subscriber gets the past this way, and one that
    lost something gets it back.

    Each message is marked with the message attribute `replay`, the replay's id, by which a subscription's filter policy
    can keep replays out ({"replay": [{"exists": false}]}). Deduplication ids are the replay's own. Event ids are those
    that the events always had: whoever follows the contract drops what it has already.

    A car's events are sent in order: a scan of the table promises none, so it is checked, and a car that comes out of
    order is read by a query. Cars come in no order. A car with a commit that cannot be read, or with a gap in its
    versions, is sent up to there, and named. Events that are written meanwhile may come twice, by the broadcast too.

    Ctrl-C ends it, and says how to go on, as it does after a fault. What was at hand is then sent again, under the same
    deduplication ids. It reads the whole events table, strongly consistently (on AWS, one read unit for each 4 KB), or
    with --car that car alone.

    Ends with 1 where a car could not be sent whole.
    """
    plan = progress.plan
    _look_for_what_is_named(target, plan)
    if plan.to == target.stack.events_topic_arn and not (yes or dry_run):
        click.confirm(f"Send the history to every subscriber of {plan.to}?", abort=True)
    progress = progress.rehearsal() if dry_run else progress
    tally = Tally()
    with _resumable(progress, dry_run=dry_run):
        _run(target, progress, Nowhere() if dry_run else _paced(target, plan, rate, tally.stop), rate, tally)
    _report(progress, tally, dry_run=dry_run, as_json=as_json)


def _look_for_what_is_named(target: Target, plan: Plan) -> None:
    """Find a mistyped name before anything begins. Raises click's exception, and AWS's faults."""
    if plan.to != target.stack.events_topic_arn:
        target.aws.sqs().get_queue_attributes(QueueUrl=plan.to, AttributeNames=["QueueArn"])
    table = EventsTable(target.resource, target.aws.dynamodb(), target.stack.events_table)
    if plan.car and not next(table.car(plan.car)).items:
        raise click.ClickException(f"There never was {target.resource.article} {target.resource.name} {plan.car}.")


@dataclass
class Tally:
    """How much was sent since when, and whether to stop."""

    events: int = 0
    started: float = field(default_factory=time.monotonic)
    stop: Event = field(default_factory=Event)

    def sent(self, count: int) -> None:
        """Count events."""
        self.events += count


def _run(target: Target, progress: Progress, topic: Topic, rate: float, tally: Tally) -> None:
    resource, segments = target.resource, progress.plan.segments
    client = target.aws.dynamodb(segments)
    filters = Filters(resource, DynamoDbEventStore(resource, client, target.stack.events_table))
    table = EventsTable(resource, client, target.stack.events_table)
    broadcaster = Broadcaster(resource, CountedTopic(topic, tally.sent), progress, filters)
    chunk = max(1, min(CHUNK, round(rate / segments)))
    progress.begin()
    with bar("Replaying", "commits", None if progress.plan.car else table.expected()) as shown:
        Replay(table, broadcaster, progress, shown.advance, tally.stop, chunk).run()
        shown.complete()
    progress.forget()


def _paced(target: Target, plan: Plan, rate: float, stop: Event) -> Topic:
    return PacedTopic(_topic(target, plan), Pace(rate, stop))


def _topic(target: Target, plan: Plan) -> Topic:
    if plan.to == target.stack.events_topic_arn:
        return target.topic(plan.replay)
    queue = target.aws.sqs(plan.segments)
    return SqsEventQueue(target.resource, queue, plan.to, target.stack.event_source, plan.replay)


@contextmanager
def _resumable(progress: Progress, *, dry_run: bool) -> Generator[None]:
    """Say what was found so far, and how to go on, where it ends early."""
    try:
        yield
    except (KeyboardInterrupt, PublishingFailed, BotoCoreError, ClientError) as end:
        _tell_faults(progress)
        why = str(end) or "Interrupted."
        hint = "" if dry_run else f" Go on with: cars replay --resume {progress.plan.replay}"
        raise click.ClickException(why + hint) from end


def _tell_faults(progress: Progress) -> None:
    for fault in progress.faults:
        click.echo(f"{fault[progress.resource.id]}, version {fault['version']}: {fault['fault']}", err=True)


def _report(progress: Progress, tally: Tally, *, dry_run: bool, as_json: bool) -> None:
    plan, seconds = progress.plan, time.monotonic() - tally.started
    if as_json:
        found = {"replay": plan.replay, "events": tally.events, "faults": progress.faults, "seconds": round(seconds, 1)}
        click.echo(json.dumps({**found, "dryRun": dry_run}, indent=2))
    else:
        _tell_faults(progress)
        done, as_what = ("would be sent", "") if dry_run else ("sent", f", as replay {plan.replay}")
        click.echo(f"{tally.events:,} events {done} to {plan.to} in {seconds:.1f} s{as_what}.")
    if progress.faults:
        raise click.exceptions.Exit(1)
