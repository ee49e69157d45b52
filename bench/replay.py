"""How fast history is replayed from the local table, beside how fast that table can be scanned at all.

python -m bench.replay

Runs the emulator, fills an events table, and replays it to a queue with no limit to the pace. Each measurement has a
process of its own, whose peak memory is shown: it must not grow with the table. The queue is a standard one: a message
to a FIFO queue costs the emulator time in proportion to all that the queue was sent in the last five minutes.
"""

import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from resources.cars import CARS, Color, ColorChanged, Condition, ConditionChanged, MileageChanged, OwnerChanged
from tests.support.cars import ANOTHER_OWNER, car_created
from tests.support.commits import another_car, commits_of
from tests.support.rejects import MemoryRejects
from tools.aws import Aws, emulated
from tools.local.emulator import emulator
from tools.local.machine import HOST
from tools.ops.replay.event_queue import SqsEventQueue
from tools.ops.replay.plan import Plan, Progress
from tools.ops.replay.replaying import Replay
from tools.ops.scanning import EventsTable, side_by_side
from trigger_pattern.application.publishing import Broadcaster
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.filters import Filters

EVENTS_OF_A_CAR = 10
SEGMENTS = 8
SIZES = (50_000, 100_000, 200_000)
TABLE = "events"


def main() -> None:
    """Print every figure."""
    print(f"{'events':>8}{'scan':>10}{'events/s':>10}{'replay':>10}{'events/s':>10}{'of the scan':>13}{'memory':>10}")
    with emulator() as port:
        filled = 0
        for size in SIZES:
            _fill(emulated(f"http://{HOST}:{port}"), filled // EVENTS_OF_A_CAR, size // EVENTS_OF_A_CAR)
            filled = size
            scan, _ = _apart(_scan, port)
            replay, memory = _apart(_replay, port, size)
            print(
                f"{size:>8,}{scan:>8.1f} s{size / scan:>10,.0f}{replay:>8.1f} s{size / replay:>10,.0f}"
                f"{scan / replay:>13.0%}{memory:>7,} MB",
                flush=True,
            )


def _apart(work: Any, *arguments: int) -> tuple[float, int]:  # noqa: ANN401 - a function of this module
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (work, *arguments))


def _measured(work: Any, *arguments: int) -> tuple[float, int]:  # noqa: ANN401 - as above
    """Return the seconds that the work took, and this process's peak memory in MB."""
    started = time.monotonic()
    work(*arguments)
    return time.monotonic() - started, _peak_memory()


def _peak_memory() -> int:
    """Return this process's own peak memory in MB; `ru_maxrss` has the parent's in it, from before the exec."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) // 1024


def _scan(port: int) -> None:
    table = EventsTable(CARS, emulated(f"http://{HOST}:{port}").dynamodb(SEGMENTS), TABLE)

    def read(number: int, _: Event) -> int:
        return sum(len(page.items) for page in table.scan(number, SEGMENTS))

    assert sum(side_by_side(SEGMENTS, read))


def _replay(port: int, events: int) -> None:
    aws = emulated(f"http://{HOST}:{port}")
    url = aws.sqs().create_queue(QueueName=f"subscriber-{events}")["QueueUrl"]
    client = aws.dynamodb(SEGMENTS)
    filters = Filters(CARS, DynamoDbEventStore(CARS, client, TABLE))
    plan = Plan("bench", TABLE, url, segments=SEGMENTS)
    broadcaster = Broadcaster(
        CARS,
        SqsEventQueue(CARS, aws.sqs(SEGMENTS), url, "tag:example.com,2026:cars/bench", "bench"),
        MemoryRejects(),
        filters,
    )
    with TemporaryDirectory() as folder:
        progress = Progress.of(CARS, plan, Path(folder))
        table = EventsTable(CARS, client, TABLE)
        Replay(table, broadcaster, progress, lambda _: None, Event(), chunk=200).run()
        assert not progress.faults
    found = aws.sqs().get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    assert found["Attributes"]["ApproximateNumberOfMessages"] == str(events), found


def _fill(aws: Aws, first: int, end: int) -> None:
    client = aws.dynamodb(SEGMENTS)
    if not first:
        client.create_table(
            TableName=TABLE,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[
                {"AttributeName": "carId", "AttributeType": "S"},
                {"AttributeName": "version", "AttributeType": "N"},
            ],
            KeySchema=[
                {"AttributeName": "carId", "KeyType": "HASH"},
                {"AttributeName": "version", "KeyType": "RANGE"},
            ],
        )

    def put(items: Sequence[dict[str, Any]]) -> None:
        client.batch_write_item(RequestItems={TABLE: [{"PutRequest": {"Item": item}} for item in items]})

    with ThreadPoolExecutor(SEGMENTS) as threads:
        list(threads.map(put, _batches(first, end)))


def _batches(first: int, end: int) -> Iterator[list[dict[str, Any]]]:
    """Yield items in the 25 that a BatchWriteItem takes: five cars of five commits each."""
    for start in range(first, end, 5):
        yield [item for number in range(start, start + 5) for item in _car(number)]


def _car(number: int) -> list[dict[str, Any]]:
    car_id = another_car(number)
    changed: list[object] = [ColorChanged(Color.RED), OwnerChanged(ANOTHER_OWNER), ConditionChanged(Condition.POOR)]
    driven: list[list[object]] = [[MileageChanged(15_000 + n), ColorChanged(Color.BLUE)] for n in range(3)]
    commits = commits_of([car_created()], changed, *driven, car_id=car_id)
    return [write_commit(CARS, commit) for commit in commits]


if __name__ == "__main__":
    main()
