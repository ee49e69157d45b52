"""What a replay is to send, and how far it is: kept in a file, so that it goes on after Ctrl-C or a crash."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

from tools.ops.scanning import Item
from tools.paths import LOCAL
from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.definition.resource import AnyResource

PLANS = LOCAL / "replays"

Fault: TypeAlias = dict[str, str | int]
"""`{accountId, version, fault}`: from which version on an aggregate was not sent, and why."""


@dataclass(frozen=True)
class Plan:
    """What to send and where. `to` is a queue's URL, or a topic's ARN; `since` an RFC 3339 time, or empty."""

    replay: str
    events_table: str
    to: str
    aggregate_id: str = ""
    types: tuple[str, ...] = ()
    since: str = ""
    segments: int = 1

    def wants(self, published: PublishedEvent) -> bool:
        """Return whether an event is to be sent."""
        if self.types and published.event["type"] not in self.types:
            return False
        return not self.since or published.commit.occurred_at >= datetime.fromisoformat(self.since)


@dataclass(frozen=True)
class Place:
    """How far a segment is: after which key, and what `Order` was in the middle of there."""

    after: Item | None = None
    order: Mapping[str, Any] = field(default_factory=dict[str, Any])
    done: bool = False


class Progress:
    """Where each segment is, and what could not be sent. Without a file, for a dry run, nothing is kept.

    `reached` and `set_aside` may be called from any thread.
    """

    def __init__(
        self,
        resource: AnyResource,
        plan: Plan,
        file: Path | None,
        places: Mapping[int, Place] | None = None,
        faults: Sequence[Fault] = (),
    ) -> None:
        self.resource = resource
        self.plan = plan
        self.faults = list(faults)
        self._file = file
        self._places = dict(places or {})
        self._lock = Lock()

    @classmethod
    def of(cls, resource: AnyResource, plan: Plan, folder: Path = PLANS) -> "Progress":
        """Plan a replay, which has not begun."""
        return cls(resource, plan, folder / f"{plan.replay}.json")

    @classmethod
    def resume(cls, resource: AnyResource, replay: str, folder: Path = PLANS) -> "Progress":
        """Find a replay that was interrupted. Raises FileNotFoundError."""
        file = folder / f"{replay}.json"
        kept: Any = json.loads(file.read_text())
        kept["plan"]["types"] = tuple(kept["plan"]["types"])
        places = {int(number): Place(**place) for number, place in kept["places"].items()}
        return cls(resource, Plan(**kept["plan"]), file, places, kept["faults"])

    def rehearsal(self) -> "Progress":
        """Return the same plan for a dry run."""
        return Progress(self.resource, self.plan, None, self._places, self.faults)

    def place(self, segment: int) -> Place:
        """Return where a segment is."""
        return self._places.get(segment, Place())

    def reached(self, segment: int, place: Place) -> None:
        """Keep where a segment is, at once."""
        with self._lock:
            self._places[segment] = place
            self._write()

    def set_aside(self, aggregate_id: str, version: int, reason: str) -> None:
        """Keep why an aggregate was not sent whole, at once."""
        with self._lock:
            self.faults.append({self.resource.id: aggregate_id, "version": version, "fault": reason})
            self._write()

    def begin(self) -> None:
        """Keep the plan, so that it can be gone on with from the first moment."""
        with self._lock:
            self._write()

    def forget(self) -> None:
        """Remove the file: all is sent."""
        if self._file:
            self._file.unlink(missing_ok=True)

    def _write(self) -> None:
        if not self._file:
            return
        places = {number: asdict(place) for number, place in self._places.items()}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        draft = self._file.with_suffix(".new")
        draft.write_text(json.dumps({"plan": asdict(self.plan), "places": places, "faults": self.faults}))
        draft.replace(self._file)
