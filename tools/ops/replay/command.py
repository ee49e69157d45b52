"""`ops … replay`: send history again, to one subscriber's queue or to all."""

import json
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event

import click
from botocore.exceptions import BotoCoreError, ClientError

from tools.ops.operation import operation, option, worded
from tools.ops.options import DRY_RUN, JSON, Finite
from tools.ops.progress import bar
from tools.ops.replay.event_queue import CountedTopic, Nowhere, Pace, PacedTopic, SqsEventQueue
from tools.ops.replay.options import DESTINATIONS, planned
from tools.ops.replay.plan import Plan, Progress
from tools.ops.replay.replaying import Replay
from tools.ops.scanning import EventsTable
from tools.ops.target import Target
from tools.ops.telling import counted
from trigger_pattern.application.publishing import Broadcaster, PublishingFailed, Topic
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.filters import Filters

CHUNK = 200
PACE = Finite(1)


@operation(
    "replay", "Send the history of $plural again.", *DESTINATIONS,
    option("--rate", type=PACE, default=500, show_default=True, help="Events a second, at most."), DRY_RUN,
    option("--yes", is_flag=True, help="Do not ask before sending to the topic."), JSON,
)  # fmt: skip
@planned
def replay(target: Target, progress: Progress, rate: float, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Send the history of $plural again.

    Events go to one subscriber's queue (--to), as the topic delivers them there with raw delivery; or to the topic
    (--topic), and so to every subscriber: then it asks first. A new subscriber gets the past this way, and one that
    lost something gets it back.

    Each message is marked with the message attribute `replay`, the replay's id, by which a subscription's filter policy
    can keep replays out ({"replay": [{"exists": false}]}). Deduplication ids are the replay's own. Event ids are those
    that the events always had: whoever follows the contract drops what it has already.

    The events of one are sent in order: a scan of the table promises none, so it is checked, and $a_name that comes out
    of order is read by a query. The $plural come in no order. One with a commit that cannot be read, or with a gap in
    its versions, is sent up to there, and named. Events that are written meanwhile may come twice, by the broadcast
    too.

    Ctrl-C ends it, and says how to go on, as it does after a fault. What was at hand is then sent again, under the same
    deduplication ids. It reads the whole events table, strongly consistently (on AWS, one read unit for each 4 KB), or
    with its id that $name alone.

    Ends with 1 where $a_name could not be sent whole.
    """
    plan = progress.plan
    _look_for_what_is_named(target, plan)
    if plan.to == target.pipeline.events_topic_arn and not (yes or dry_run):
        click.confirm(f"Send the history to every subscriber of {plan.to}?", abort=True)
    progress = progress.rehearsal() if dry_run else progress
    tally = Tally()
    with _resumable(progress, dry_run=dry_run):
        _run(target, progress, Nowhere() if dry_run else _paced(target, plan, rate, tally.stop), rate, tally)
    _report(progress, tally, dry_run=dry_run, as_json=as_json)


def _look_for_what_is_named(target: Target, plan: Plan) -> None:
    """Find a mistyped name before anything begins. Raises click's exception, and AWS's faults."""
    if plan.to != target.pipeline.events_topic_arn:
        target.aws.sqs().get_queue_attributes(QueueUrl=plan.to, AttributeNames=["QueueArn"])
    table = EventsTable(target.resource, target.aws.dynamodb(), target.pipeline.events_table)
    if plan.aggregate_id and not next(table.commits(plan.aggregate_id)).items:
        raise click.ClickException(worded(target.resource, f"There never was $a_name {plan.aggregate_id}."))


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
    filters = Filters(resource, DynamoDbEventStore(resource, client, target.pipeline.events_table))
    table = EventsTable(resource, client, target.pipeline.events_table)
    broadcaster = Broadcaster(resource, CountedTopic(topic, tally.sent), progress, filters)
    chunk = max(1, min(CHUNK, round(rate / segments)))
    progress.begin()
    with bar("Replaying", "commits", None if progress.plan.aggregate_id else table.expected()) as shown:
        Replay(table, broadcaster, progress, shown.advance, tally.stop, chunk).run()
        shown.complete()
    progress.forget()


def _paced(target: Target, plan: Plan, rate: float, stop: Event) -> Topic:
    return PacedTopic(_topic(target, plan), Pace(rate, stop))


def _topic(target: Target, plan: Plan) -> Topic:
    if plan.to == target.pipeline.events_topic_arn:
        return target.topic(plan.replay)
    queue = target.aws.sqs(plan.segments)
    return SqsEventQueue(target.resource, queue, plan.to, target.pipeline.event_source, plan.replay)


@contextmanager
def _resumable(progress: Progress, *, dry_run: bool) -> Generator[None]:
    """Print what was found so far and how to resume, if the replay ends early."""
    try:
        yield
    except (KeyboardInterrupt, PublishingFailed, BotoCoreError, ClientError) as end:
        _tell_faults(progress)
        why = str(end) or "Interrupted."
        hint = "" if dry_run else f" Go on with: ops {progress.resource.plural} replay --resume {progress.plan.replay}"
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
        click.echo(f"{counted(tally.events, 'event')} {done} to {plan.to} in {seconds:.1f} s{as_what}.")
    if progress.faults:
        raise click.exceptions.Exit(1)
