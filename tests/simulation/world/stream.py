"""The events table's stream.

"For each item that is modified, the stream records appear in the same sequence as the actual modifications", for 24
hours: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
"""

import json
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from tests.simulation.world.clock import Clock
from tests.simulation.world.expressions import Item
from tests.support.aws import stream_record

RETENTION_SECONDS = 86_400.0
FIRST_SEQUENCE = 4_421_584_500_000_000_017_450_439_000


@dataclass(frozen=True)
class Record:
    """A change of the table: as Lambda gives it, and when it was written (seconds since 1970)."""

    content: dict[str, Any]
    written_at: float


@dataclass
class Stream:
    """A stream of so many shards; a partition's changes are all in one of them."""

    arn: str
    clock: Clock
    shards: int = 2
    partition_key: str = "carId"
    records: list[list[Record]] = field(default_factory=list[list[Record]])
    _written: int = 0

    def __post_init__(self) -> None:
        self.records = [[] for _ in range(self.shards)]

    def append(self, name: str, item: Item) -> None:
        """Note a change of an item, told by its new image."""
        self._written += 1
        record = stream_record(item, name, self.partition_key)
        record["eventID"] = f"{self._written:032x}"
        record["eventSourceARN"] = self.arn
        record["dynamodb"] |= {
            "ApproximateCreationDateTime": int(self.clock.now),
            "SequenceNumber": str(FIRST_SEQUENCE + self._written * 91),
            "SizeBytes": len(json.dumps(item)),
        }
        partition = item[self.partition_key]["S"].encode()
        self.records[crc32(partition) % self.shards].append(Record(record, self.clock.now))
