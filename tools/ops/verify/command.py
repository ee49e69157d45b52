"""`ops … verify`: prove that what is stored is sound."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

import click

from tools.contract.publishing import FOLDER
from tools.ops.history.life import Fault
from tools.ops.operation import operation, option, worded
from tools.ops.options import JSON, SEGMENTS, Finite
from tools.ops.progress import bar
from tools.ops.scanning import EventsTable
from tools.ops.target import Target
from tools.ops.telling import counted, counted_of, printable
from tools.ops.verify.event_schemas import EventSchemas
from tools.ops.verify.orphans import Orphans
from tools.ops.verify.verifying import Tally, Verification
from tools.ops.verify.view_check import ViewCheck
from trigger_pattern.definition.resource import AnyResource

MOST_SHOWN = 1_000
"""Faults that are told one by one; all of them are counted."""


@operation(
    "verify", "Prove that what is stored is sound.", SEGMENTS,
    option(
        "--patience",
        type=Finite(0),
        default=10,
        show_default=True,
        help="Seconds that the view may take to follow the events. After it was lost, 0 saves waiting.",
    ),
    JSON,
)  # fmt: skip
def verify(target: Target, segments: int, patience: float, *, as_json: bool) -> None:
    """Prove that the events table and the view of $plural are sound.

    Of every $name: its versions have no gap, from 1 on. Every commit can be read, and its time is not before the last
    one's. Every event is as its published JSON Schema says. Every state that a commit carries is what
    its events fold to, unless another version of the fold made it. The view has the $name as its newest commit left it,
    or as deleted. And the view has no $name without events.

    It changes nothing, and may run while traffic goes on: $a_name that the view has otherwise is looked at again
    until the view has caught up, for at most --patience seconds. It never stops at a fault. The first 1,000 are
    printed, one a line, and all are counted.

    It reads the whole events table and the view, strongly consistently: on AWS, one read unit for each 4 KB of the
    table, three for each $name (its item in the view, twice, and its first commit), and more for $plural that differ.

    What it finds in the view, `rebuild-view` mends, unless the view is ahead of the events. What it finds in the
    events nobody should mend by hand without knowing how it came there: see `history` of the $name.

    Ends with 1 where there is any fault.
    """
    started = time.monotonic()
    report = Report(lambda _: None) if as_json else Report(_printer())
    tally = _verify(target, segments, patience, report)
    summary = _as_json if as_json else _in_words
    click.echo(summary(target.resource, tally, report, time.monotonic() - started))
    if report.count:
        raise click.exceptions.Exit(1)


@dataclass
class Report:
    """Counts faults, and tells the first of them; called in many threads."""

    tell: Callable[[str], None]
    count: int = 0
    first: list[Fault] = field(default_factory=list[Fault])
    _lock: Lock = field(default_factory=Lock)

    def fault(self, fault: Fault) -> None:
        """Note a fault."""
        with self._lock:
            self.count += 1
            if self.count <= MOST_SHOWN:
                self.first.append(fault)
                self.tell(printable(f"{fault.aggregate_id}, version {fault.version}: {fault.fault}"))


def _verify(target: Target, segments: int, patience: float, report: Report) -> Tally:
    resource, client, pipeline = target.resource, target.aws.dynamodb(segments), target.pipeline
    table = EventsTable(resource, client, pipeline.events_table)
    view = ViewCheck(table, pipeline.view_table, report.fault, patience)
    with bar(worded(resource, "Verifying $plural"), "commits", table.expected()) as progress:
        schemas = EventSchemas.of(resource, FOLDER)
        tally = Verification(table, schemas, view, progress.advance, report.fault).run(segments)
        progress.complete()
    with bar("Verifying the view", worded(resource, "$plural"), tally.aggregates or None) as progress:
        Orphans(table, pipeline.view_table, progress.advance, report.fault).run(segments)
        progress.complete()
    return tally


def _printer() -> Callable[[str], None]:
    """Print to a file past the bar, which takes over all that is printed, and to a terminal above the bar."""
    out = None if sys.stdout.isatty() else sys.stdout
    return lambda line: click.echo(line, file=out)


def _in_words(resource: AnyResource, tally: Tally, report: Report, seconds: float) -> str:
    return (
        f"{counted_of(resource, tally.aggregates)}, {counted(tally.commits, 'commit')}, "
        f"{counted(tally.events, 'event')}, {counted(tally.states, 'state')} compared, "
        f"{counted(tally.other_folds, 'state')} of other folds, {counted(report.count, 'fault')}, "
        f"in {seconds:.1f} s."
    )


def _as_json(resource: AnyResource, tally: Tally, report: Report, seconds: float) -> str:
    document = {
        resource.plural_name: tally.aggregates,
        "commits": tally.commits,
        "events": tally.events,
        "statesCompared": tally.states,
        "statesOfOtherFolds": tally.other_folds,
        "seconds": round(seconds, 1),
        "faultCount": report.count,
        "faults": [
            {resource.id: fault.aggregate_id, "version": fault.version, "fault": fault.fault} for fault in report.first
        ],
    }
    return json.dumps(document, indent=2)
