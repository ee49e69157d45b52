"""Rebuild the view from the events table, and renew old snapshots, while traffic goes on.

The table is scanned in segments, side by side, strongly consistently: a commit that a segment does not see any more is
newer than the scan of its aggregate, and so reaches the view by the stream. What is put is only ever put unless the
view has a newer version, so neither an update is lost, nor is an aggregate that was deleted meanwhile brought back.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from threading import Event

from tools.ops.rebuild_view.snapshots import Snapshots
from tools.ops.scanning import EventsTable, Item, side_by_side, version
from trigger_pattern.application.commits import CannotFold, DecodedCommit, with_state
from trigger_pattern.application.projecting import Projector
from trigger_pattern.aws.dynamodb.commit_item import CorruptItem, read_commit
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import UnknownEvent


@dataclass(frozen=True)
class Tally:
    """What was done: `aggregates` were found, the view took `put` of them, and `renewed` snapshots were rewritten."""

    aggregates: int = 0
    put: int = 0
    faults: int = 0
    renewed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Add up."""
        return Tally(
            self.aggregates + other.aggregates,
            self.put + other.put,
            self.faults + other.faults,
            self.renewed + other.renewed,
        )


@dataclass(frozen=True)
class Rebuild:
    """One rebuild. `read` hears of each commit read, `fault` why one could not be put; both in many threads."""

    table: EventsTable
    projector: Projector
    snapshots: Snapshots
    read: Callable[[int], None]
    fault: Callable[[str], None]

    def run(self, segments: int) -> Tally:
        """Put every aggregate, in so many threads; memory does not grow with the table. Raises DynamoDB's faults."""
        return sum(side_by_side(segments, lambda number, stop: self._segment(number, segments, stop)), Tally())

    def _segment(self, number: int, segments: int, stop: Event) -> Tally:
        tally = Tally()
        for item in newest_of_runs(self.table.resource, self._scan(number, segments)):
            if stop.is_set():
                break
            tally += self._put(item)
        return tally

    def _scan(self, number: int, segments: int) -> Iterator[Item]:
        for page in self.table.scan(number, segments):
            for item in page.items:
                yield item
                self.read(1)

    def _put(self, item: Item) -> Tally:
        try:
            return self._project(read_commit(self.table.resource, item))
        except (CorruptItem, UnknownEvent, CannotFold) as reason:
            name = f"{item[self.table.resource.id]['S']}, version {version(item)}"
            self.fault(f"{name}: {type(reason).__name__}: {reason}")
            return Tally(aggregates=1, faults=1)

    def _project(self, commit: DecodedCommit) -> Tally:
        """Fold once for both: the view's item, and the snapshot where another fold made it."""
        current = with_state(commit, self.projector.refold)
        put = self.projector.project(current)
        return Tally(aggregates=1, put=put, renewed=commit.state is None and self.snapshots.renew(current))


def newest_of_runs(resource: AnyResource, items: Iterator[Item]) -> Iterator[Item]:
    """Return the newest item of each run of items of one aggregate, in any order.

    DynamoDB gives an aggregate's items together, though it promises nothing; where it does not, the aggregate has
    several runs, and the view keeps the newest of what they give.
    """
    for _, run in groupby(items, key=lambda item: item[resource.id]["S"]):
        yield max(run, key=version)
