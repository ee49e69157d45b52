"""Where a script can run: the model, the emulator, and moto. Each gives the same clients and the same resources."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol

from botocore.exceptions import ClientError

from tests.simulation.world.aws import World
from tests.simulation.world.stream import Stream
from tests.simulation.world.table import KeySchema, Table

_numbers = count(1)


class Place(Protocol):
    """An AWS, or what stands for one. Names of what is created are the place's own affair."""

    dynamodb: Any
    sqs: Any
    sns: Any

    def table(
        self, partition: str, sort: str = "", index: tuple[str, str, str] | None = None, *, stream: bool = False
    ) -> str:
        """Make a table; return its name. `index` has name, partition and sort key; only `version` is a number."""
        ...

    def changes(self, table: str) -> list[Any]:
        """Read the stream of a table from its beginning."""
        ...

    def queue(self, *, fifo: bool = True, visibility: int = 30, dead_letters: tuple[str, int] | None = None) -> str:
        """Make a queue; return its URL. `dead_letters` is the URL of that queue, and the most receives."""
        ...

    def topic(self) -> str:
        """Make a FIFO topic; return its ARN."""
        ...

    def subscribe(self, topic: str, queue: str) -> None:
        """Subscribe a queue, with raw delivery."""
        ...

    def redrive(self, graveyard: str, target: str) -> None:
        """Move the messages of a dead-letter queue to another one."""
        ...

    def purge(self, queue: str) -> None:
        """Delete every message of a queue."""
        ...

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        ...


@dataclass
class Model:
    """The simulated world, where nothing goes wrong."""

    world: World = field(default_factory=World)
    streams: dict[str, Stream] = field(default_factory=dict[str, Stream])

    def __post_init__(self) -> None:
        self.world.dice.quiet = True
        self.dynamodb = self.world.client("dynamodb")
        self.sqs = self.world.consumer()
        self.sns = self.world.client("sns")

    def table(
        self, partition: str, sort: str = "", index: tuple[str, str, str] | None = None, *, stream: bool = False
    ) -> str:
        name = f"table-{next(_numbers)}"
        indexes = {index[0]: KeySchema(*index[1:])} if index else {}
        table = Table(name, KeySchema(partition, sort), self.world.clock, self.world.dice, indexes)
        self.world.tables[name] = table
        if stream:
            self.streams[name] = Stream("stream", self.world.clock)
            table.changed = self.streams[name].append
        return name

    def changes(self, table: str) -> list[Any]:
        return [record.content for shard in self.streams[table].records for record in shard]

    def queue(self, *, fifo: bool = True, visibility: int = 30, dead_letters: tuple[str, int] | None = None) -> str:
        queue = self.world.add_queue(f"queue-{next(_numbers)}", fifo=fifo, visibility=visibility)
        if dead_letters:
            queue.dead_letters, queue.max_receives = self.world.queues[dead_letters[0]], dead_letters[1]
        return queue.url

    def topic(self) -> str:
        return self.world.topic.arn

    def subscribe(self, topic: str, queue: str) -> None:
        self.world.topic.queues.append(self.world.queues[queue])

    def redrive(self, graveyard: str, target: str) -> None:
        self.world.queues[graveyard].redrive_to(self.world.queues[target])

    def purge(self, queue: str) -> None:
        self.world.queues[queue].purge()

    def wait(self, seconds: float) -> None:
        self.world.clock.advance(seconds)


@dataclass
class Real:
    """Clients of boto3, of an emulator or of moto: time has to pass in truth."""

    dynamodb: Any
    sqs: Any
    sns: Any
    streams: Any

    def table(
        self, partition: str, sort: str = "", index: tuple[str, str, str] | None = None, *, stream: bool = False
    ) -> str:
        name = f"table-{next(_numbers)}"
        names = {partition, sort, *(index[1:] if index else ())} - {""}
        types = {"version": "N"}
        specification = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
        more: dict[str, Any] = {"StreamSpecification": specification} if stream else {}
        if index:
            schema = _schema(*index[1:])
            more["GlobalSecondaryIndexes"] = [
                {"IndexName": index[0], "KeySchema": schema, "Projection": {"ProjectionType": "KEYS_ONLY"}}
            ]
        self.dynamodb.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=_schema(partition, sort),
            AttributeDefinitions=[
                {"AttributeName": name, "AttributeType": types.get(name, "S")} for name in sorted(names)
            ],
            **more,
        )
        return name

    def changes(self, table: str) -> list[Any]:
        arn = self.dynamodb.describe_table(TableName=table)["Table"]["LatestStreamArn"]
        records: list[Any] = []
        for shard in self.streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
            start = self.streams.get_shard_iterator(
                StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
            )
            records += self.streams.get_records(ShardIterator=start["ShardIterator"])["Records"]
        return records

    def queue(self, *, fifo: bool = True, visibility: int = 30, dead_letters: tuple[str, int] | None = None) -> str:
        attributes = {"VisibilityTimeout": str(visibility)}
        if fifo:
            attributes |= {
                "FifoQueue": "true",
                "DeduplicationScope": "messageGroup",
                "FifoThroughputLimit": "perMessageGroupId",
            }
        if dead_letters:
            url, receives = dead_letters
            policy = f'{{"deadLetterTargetArn": "{self._arn(url)}", "maxReceiveCount": {receives}}}'
            attributes["RedrivePolicy"] = policy
        name = f"queue-{next(_numbers)}{'.fifo' * fifo}"
        return str(self.sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"])

    def topic(self) -> str:
        attributes = {"FifoTopic": "true", "ContentBasedDeduplication": "false"}
        return str(self.sns.create_topic(Name=f"topic-{next(_numbers)}.fifo", Attributes=attributes)["TopicArn"])

    def subscribe(self, topic: str, queue: str) -> None:
        attributes = {"RawMessageDelivery": "true"}
        self.sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=self._arn(queue), Attributes=attributes)

    def redrive(self, graveyard: str, target: str) -> None:
        source, destination = self._arn(graveyard), self._arn(target)
        self.sqs.start_message_move_task(SourceArn=source, DestinationArn=destination)

    def purge(self, queue: str) -> None:
        self.sqs.purge_queue(QueueUrl=queue)

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)

    def _arn(self, url: str) -> str:
        answer: Mapping[str, Any] = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        return str(answer["Attributes"]["QueueArn"])


def code_of(refused: ClientError) -> str:
    """Return the code of an error answer."""
    response: Any = refused.response
    return str(response["Error"]["Code"])


def _schema(partition: str, sort: str = "") -> list[dict[str, str]]:
    keys = [{"AttributeName": partition, "KeyType": "HASH"}]
    return [*keys, {"AttributeName": sort, "KeyType": "RANGE"}] if sort else keys
