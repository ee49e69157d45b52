"""The stack's dead-letter queues by the names that the command line has for them, and how each is redriven."""

from collections.abc import Sequence
from functools import partial

from tools.ops.dlq.dead_letters import DeadLetterQueue
from tools.ops.dlq.from_events import ToTopic, ToView
from tools.ops.dlq.letter import DeadLetter
from tools.ops.dlq.redriving import Left, Redrive, ToCommandQueue
from tools.ops.replay.event_queue import Nowhere
from tools.ops.target import Target
from trigger_pattern.application.commits import with_state
from trigger_pattern.application.projecting import Projector
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.filters import Filters
from trigger_pattern.aws.dynamodb.refolding import Refolder
from trigger_pattern.aws.dynamodb.view import DynamoDbView
from trigger_pattern.definition.life import root_of

QUEUES = ("commands", "broadcast", "projector")

TOGETHER = {"commands": 1, "broadcast": 10_000, "projector": 10_000}
"""How many letters a redrive takes before it does the first. The commands' queue gives those of one id in order, and
none behind those that are held; the others give theirs in any, so that of more than this order is kept in parts."""


def queue_of(target: Target, name: str) -> DeadLetterQueue:
    """Return a queue by its name."""
    pipeline = target.pipeline
    urls = {
        "commands": pipeline.commands_dlq_url,
        "broadcast": pipeline.broadcast_dlq_url,
        "projector": pipeline.projector_dlq_url,
    }
    return DeadLetterQueue(target.resource, target.aws.sqs(), urls[name])


def redrive_of(target: Target, name: str, *, dry_run: bool) -> Redrive:
    """Return what redrives the letters of a queue; in a dry run it reads everything and changes nothing."""
    if name == "commands":
        return _leave if dry_run else ToCommandQueue(target.aws.sqs(), target.pipeline.commands_queue_url)
    resource, client = target.resource, target.aws.dynamodb()
    store = DynamoDbEventStore(resource, client, target.pipeline.events_table)
    if name == "broadcast":
        return ToTopic(resource, store, Nowhere() if dry_run else target.topic(), Filters(resource, store))
    refolder = Refolder(root_of(resource), store)
    projector = Projector(DynamoDbView(resource, client, target.pipeline.view_table), refolder)
    return ToView(store, partial(with_state, refold=refolder) if dry_run else projector.project)


def _leave(_: Sequence[DeadLetter]) -> Left:
    return {}
