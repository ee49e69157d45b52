"""One reader of events for all tests: it follows the consumer contract by the reference subscriber's own decision."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from mileage.contract import Decision, decide

Document = dict[str, Any]


@dataclass
class Follower:
    """Takes n + 1, drops what is not newer, and reads a gap from the log.

    `log_after` returns the events of a resource after a version, as the API has them, and raises if it cannot.
    """

    log_after: Callable[[str, int], Iterable[Document]]
    taken: dict[str, list[Document]] = field(default_factory=lambda: defaultdict(list))
    gaps: list[str] = field(default_factory=list[str])

    def take(self, aggregate_id: str, event: Document) -> None:
        """Take an event as the API has it, and those that it shows to be missing."""
        taken, version = self.taken[aggregate_id], event["version"]
        decision = decide(len(taken), version)
        if decision is Decision.FETCH:
            self.gaps.append(f"{aggregate_id}/{version} after {len(taken)}")
            taken.extend(each for each in self.log_after(aggregate_id, len(taken)) if each["version"] < version)
        if decision is not Decision.DROP:
            taken.append(event)
