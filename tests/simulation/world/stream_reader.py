"""Lambda's readers of the events table's stream.

A batch that fails holds up its shard, is halved, and is given up by its age:
https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html and services-ddb-params.html
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.world.dice import Dice
from tests.simulation.world.queue import Queue
from tests.simulation.world.stream import RETENTION_SECONDS, Record, Stream

LONGEST_BACKOFF = 60.0
"""Lambda backs off after an error, but documents no figures."""


@dataclass(frozen=True)
class Batch:
    """Records of one shard for a function: those from `start` until before `end`."""

    shard: int
    start: int
    end: int
    event: dict[str, Any]


@dataclass
class _Shard:
    """A reader's progress in one shard: `ahead` are ranges of records, the next one last, that halving has left."""

    position: int = 0
    ahead: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    not_before: float = 0.0
    failures: int = 0
    busy: bool = False


@dataclass
class StreamReader:
    """An event source mapping of the stream, with a position of its own: one batch of a shard at a time.

    As the template has it: only INSERT, halved on an error, retried until `max_age` (seconds). What is given up is told
    to the queue `on_failure` by its place in the stream. `repeats` is how often a batch is given again though it
    succeeded: "Lambda processes each event at least once".
    """

    name: str
    stream: Stream
    dice: Dice
    on_failure: Queue
    batch_size: int = 100
    max_age: float = 82_800.0
    repeats: float = 0.0
    small_batches: float = 0.0
    _shards: list[_Shard] = field(default_factory=list[_Shard])

    def __post_init__(self) -> None:
        self._shards = [_Shard() for _ in self.stream.records]

    def poll(self) -> Batch | None:
        """Take the next batch of some shard that is not waiting. None where there is nothing to do now."""
        ready = [number for number in range(len(self._shards)) if self._is_ready(number)]
        for number in self.dice.shuffled(f"order of shards for {self.name}", ready):
            if batch := self._next_of(number):
                self._shards[number].busy = True
                return batch
        return None

    def succeeded(self, batch: Batch) -> None:
        """Go on behind a batch, or, seldom, give it once more."""
        shard = self._settle(batch)
        if not self.dice.chance(f"batch repeated to {self.name}", self.repeats):
            self._pass(shard)

    def failed(self, batch: Batch) -> None:
        """Retry a batch after a while, in halves, before anything else of its shard."""
        shard = self._settle(batch)
        shard.failures += 1
        longest = min(LONGEST_BACKOFF, 2.0 ** min(shard.failures, 6))
        shard.not_before = self.stream.clock.now + self.dice.between(f"backoff of {self.name}", 0.1, longest)
        if batch.end - batch.start > 1:
            middle = (batch.start + batch.end) // 2
            shard.ahead[-1:] = [(middle, batch.end), (batch.start, middle)]

    def lag(self) -> int:
        """Count the records that are not dealt with."""
        return sum(len(records) - shard.position for records, shard in self._pairs())

    def waits_since(self) -> float | None:
        """Return when the oldest unprocessed record was written; None if all are processed."""
        waiting = (records[s.position].written_at for records, s in self._pairs() if s.position < len(records))
        return min(waiting, default=None)

    def next_change(self) -> float | None:
        """Return when a shard that waits after an error continues; None if none waits."""
        now = self.stream.clock.now
        waits = (s.not_before for records, s in self._pairs() if s.not_before > now and s.position < len(records))
        return min(waits, default=None)

    def _pairs(self) -> list[tuple[list[Record], _Shard]]:
        return list(zip(self.stream.records, self._shards, strict=True))

    def _is_ready(self, number: int) -> bool:
        shard = self._shards[number]
        waiting = shard.busy or self.stream.clock.now < shard.not_before
        return not waiting and shard.position < len(self.stream.records[number])

    def _next_of(self, number: int) -> Batch | None:
        """Return the next range, without its records that are too old; None if nothing is left."""
        shard, records = self._shards[number], self.stream.records[number]
        while shard.position < len(records):
            if not shard.ahead:
                shard.ahead.append((shard.position, min(shard.position + self._size(), len(records))))
            start, end = shard.ahead[-1]
            young = next((i for i in range(start, end) if not self._is_too_old(records[i])), end)
            if young > start:
                self._give_up(number, records[start:young])
            wanted = [record.content for record in records[young:end] if record.content["eventName"] == "INSERT"]
            shard.ahead[-1] = (young, end)
            if wanted:
                return Batch(number, young, end, {"Records": wanted})
            self._pass(shard)
        return None

    def _size(self) -> int:
        if self.dice.chance("small batch", self.small_batches):
            return int(self.dice.between("size of a small batch", 1, 10))
        return self.batch_size

    def _settle(self, batch: Batch) -> _Shard:
        shard = self._shards[batch.shard]
        shard.busy = False
        return shard

    def _pass(self, shard: _Shard) -> None:
        _, shard.position = shard.ahead.pop()
        shard.failures = 0

    def _is_too_old(self, record: Record) -> bool:
        return self.stream.clock.now - record.written_at > min(self.max_age, RETENTION_SECONDS)

    def _give_up(self, shard: int, records: Sequence[Record]) -> None:
        """Send the place of records to the failure queue. Records that the stream has dropped leave no trace."""
        now = self.stream.clock.now
        kept = [record for record in records if now - record.written_at <= RETENTION_SECONDS]
        self.dice.taken[f"records given up by {self.name}"] += len(records)
        if kept:
            self.on_failure.send(json.dumps(discarded(self.stream.arn, shard, kept, self.name)))


def discarded(stream_arn: str, shard: int, records: Sequence[Record], function: str) -> dict[str, Any]:
    """Write what Lambda sends to the destination of failures: where the records are, and nothing of them."""
    numbers = [record.content["dynamodb"]["SequenceNumber"] for record in records]
    return {
        "requestContext": {"functionArn": function, "condition": "RecordAgeExceeded", "approximateInvokeCount": 1},
        "version": "1.0",
        "DDBStreamBatchInfo": {
            "shardId": f"shardId-{shard:020d}",
            "startSequenceNumber": numbers[0],
            "endSequenceNumber": numbers[-1],
            "batchSize": len(records),
            "streamArn": stream_arn,
        },
    }
