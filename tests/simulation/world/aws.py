"""The whole simulated AWS: the template's tables, queues, stream and topic, under one clock and one seed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from resources.cars import CARS
from tests.simulation.world import settings
from tests.simulation.world.clients import make_client
from tests.simulation.world.clock import Clock
from tests.simulation.world.consumer import SqsConsumer
from tests.simulation.world.dice import Dice
from tests.simulation.world.faults import Faults, Kind, swarm, swarm_of
from tests.simulation.world.host import Host, Patience
from tests.simulation.world.queue import Queue
from tests.simulation.world.queue_mapping import QueueMapping
from tests.simulation.world.stream import Stream
from tests.simulation.world.stream_reader import StreamReader
from tests.simulation.world.table import KeySchema, Table
from tests.simulation.world.topic import Topic
from tests.support.aws import REGION
from trigger_pattern.aws.dynamodb.view_keys import ViewKeys
from trigger_pattern.definition.resource import AnyResource

ACCOUNT = "123456789012"


@dataclass
class Rates:
    """How often AWS does what it may do by itself, beside the faults of calls. None of it is an error."""

    lost_deletes: float = 0.0
    repeated_batches: float = 0.0
    failing_entries: float = 0.0
    late_deliveries: float = 0.0
    small_batches: float = 0.0
    uncounted_receives: float = 0.0
    unprocessed_keys: float = 0.0


@dataclass
class World:
    """One run's AWS. Without rates nothing ever goes wrong; what a seed draws is what the dice tell.

    `meanwhile(host, point)` is called wherever an instance waits for AWS or sleeps: there others may act.
    """

    seed: int | str = 0
    faults_at: Mapping[Kind, float] = field(default_factory=dict[Kind, float])
    rates: Rates = field(default_factory=Rates)
    without: frozenset[tuple[str, int]] = frozenset()
    shards: int = 2
    meanwhile: Callable[[Host, str], object] = lambda _host, _point: None
    resource: AnyResource = CARS
    """The only one of the stack."""

    @classmethod
    def with_random_faults(
        cls, seed: int | str, without: frozenset[tuple[str, int]] = frozenset(), resource: AnyResource = CARS
    ) -> "World":
        """Return a world in which about half of all that can go wrong does, as often as the seed says."""
        dice = Dice(seed)
        rates = Rates(**swarm_of(dice, [rate.name for rate in fields(Rates)]))
        return cls(seed, swarm(dice), rates, without, resource=resource)

    def __post_init__(self) -> None:
        self.clock = Clock()
        self.dice = Dice(self.seed, self.clock, self.without)
        self.faults = Faults(self.dice, self.faults_at)
        self.stream = Stream(
            _arn("dynamodb", "table/EventsTable/stream/2026-11-01"), self.clock, self.shards, self.resource.id
        )
        self.tables = {table.name: table for table in self._make_tables()}
        self.queues: dict[str, Queue] = {}
        self.commands_dlq = self.add_queue(self.own("CommandsDlq"))
        self.broadcast_dlq = self.add_queue(self.own("BroadcastDlq"), fifo=False)
        self.projector_dlq = self.add_queue(self.own("ProjectorDlq"), fifo=False)
        self.projector_retries = self.add_queue(
            self.own("ProjectorRetryQueue"), fifo=False, visibility=settings.RETRY_VISIBILITY
        )
        self.projector_retries.dead_letters = self.projector_dlq
        self.projector_retries.max_receives = settings.RETRY_RECEIVES
        self.commands = self._commands_queue(self.own("CommandsQueue"))
        self.topic = Topic(
            _arn("sns", self.own("Events.fifo")),
            self.clock,
            self.dice,
            failing_entries=self.rates.failing_entries,
            late=self.rates.late_deliveries,
        )
        self.commands_mapping = self._mapping(self.commands)
        self.retries_mapping = self._mapping(self.projector_retries, settings.RETRY_BATCH)
        self.broadcaster = self._reader("EventBroadcaster", self.broadcast_dlq)
        self.projector = self._reader("Projector", self.projector_dlq)

    @property
    def resources(self) -> dict[str, str]:
        """What `!Ref` gives for each of the template's resources, for `tests.support.functions.load_functions`."""
        return {
            **{name: name for name in self.tables},
            self.own("CommandsQueue"): self.commands.url,
            self.own("CommandsDlq"): self.commands_dlq.url,
            self.own("BroadcastDlq"): self.broadcast_dlq.url,
            self.own("ProjectorDlq"): self.projector_dlq.url,
            self.own("ProjectorRetryQueue"): self.projector_retries.url,
            self.own("EventsTopic"): self.topic.arn,
        }

    def own(self, name: str) -> str:
        """Return the logical id of something that each resource has of its own: `CarEventsTable`."""
        return f"{self.resource.kind}{name}"

    def client(self, service: str, config: Any = None) -> Any:
        """Make a client for a test, as `boto3.client` does."""
        return make_client(service, self.host, config)

    def consumer(self) -> SqsConsumer:
        """Make a client of SQS that can also receive and delete."""
        return SqsConsumer(self.host, Patience())

    @cached_property
    def host(self) -> Host:
        """Where a test's own calls come from."""
        return Host(self)

    def add_queue(self, name: str, *, fifo: bool = True, visibility: float = settings.DEFAULT_VISIBILITY) -> Queue:
        """Make another queue."""
        full = f"{name}.fifo" if fifo else name
        url = f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{full}"
        self.queues[url] = Queue(full, _arn("sqs", full), url, self.clock, self.dice, fifo, visibility)
        return self.queues[url]

    def subscribe(self, name: str) -> Queue:
        """Subscribe a new queue to the topic."""
        queue = self.add_queue(name)
        self.topic.queues.append(queue)
        return queue

    def replace_commands_queue(self, name: str) -> tuple[Queue, QueueMapping]:
        """Put another commands queue in the place of the one there is; give the old one, and its mapping.

        As CloudFormation does (UpdateReplacePolicy: Retain): the old queue keeps its messages. `resources` names the
        new one, so whoever sends has to be loaded again.
        """
        old = self.commands, self.commands_mapping
        self.commands = self._commands_queue(name)
        self.commands_mapping = self._mapping(self.commands)
        return old

    def quiet(self) -> None:
        """Have nothing go wrong from now on, so that everything can come to its end."""
        self.dice.quiet = True
        self.faults.end()

    def next_change(self) -> float | None:
        """Return when the next wait ends by itself; None if nothing waits."""
        sources: list[Queue | StreamReader] = [*self.queues.values(), self.broadcaster, self.projector]
        return min((at for source in sources if (at := source.next_change()) is not None), default=None)

    def _make_tables(self) -> list[Table]:
        clock, dice, own_id = self.clock, self.dice, self.resource.id
        keys = [ViewKeys.of(self.resource, by) for by in self.resource.lists]
        indexes = {each.index: KeySchema(each.partition, each.sort) for each in keys}
        return [
            Table(self.own("EventsTable"), KeySchema(own_id, "version"), clock, dice, changed=self.stream.append),
            Table(self.own("OutcomesTable"), KeySchema("commandId"), clock, dice, ttl="expiresAt"),
            Table(self.own("TicketsTable"), KeySchema("key"), clock, dice, ttl="expiresAt"),
            Table(self.own("ViewTable"), KeySchema(own_id), clock, dice, indexes=indexes),
        ]

    def _commands_queue(self, name: str) -> Queue:
        queue = self.add_queue(name, visibility=settings.COMMANDS_VISIBILITY)
        queue.dead_letters, queue.max_receives = self.commands_dlq, settings.MAX_RECEIVES
        queue.uncounted = 5 * self.rates.uncounted_receives
        return queue

    def _mapping(self, queue: Queue, batch_size: int = settings.QUEUE_BATCH) -> QueueMapping:
        return QueueMapping(queue, self.dice, batch_size, self.rates.lost_deletes, self.rates.small_batches)

    def _reader(self, name: str, on_failure: Queue) -> StreamReader:
        return StreamReader(
            self.own(name),
            self.stream,
            self.dice,
            on_failure,
            settings.STREAM_BATCH[name],
            settings.MAXIMUM_AGE[name],
            self.rates.repeated_batches,
            self.rates.small_batches,
        )


def _arn(service: str, name: str) -> str:
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{name}"
