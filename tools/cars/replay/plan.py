"""What a replay is to send, and how far it is: kept in a file, so that it goes on after Ctrl-C or a crash."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from cars.application.commits import PublishedEvent
from tools.cars.scanning import Item
from tools.paths import LOCAL

PLANS = LOCAL / "replays"


@dataclass(frozen=True)
class Plan:
    """What to send and where. `to` is a queue's URL, or a topic's ARN; `since` an RFC 3339 time, or empty."""

    replay: str
    events_table: str
    to: str
    car: str = ""
    types: tuple[str, ...] = ()
    since: str = ""
    segments: int = 1

    def wants(self, published: PublishedEvent) -> bool:
        """Tell whether an event is to be sent."""
        if self.types and type(published.event).__name__ not in self.types:
            return False
        return not self.since or published.commit.occurred_at >= datetime.fromisoformat(self.since)


@dataclass(frozen=True)
class Place:
    """How far a segment is: after which key, and what `Order` was in the middle of there."""

    after: Item | None = None
    order: Mapping[str, Any] = field(default_factory=dict[str, Any])
    done: bool = False


class Progress:
    """Where each segment is. `reached` may be called from any thread."""

    def __init__(self, plan: Plan, file: Path, places: Mapping[int, Place] | None = None) -> None:
        self.plan = plan
        self._file = file
        self._places = dict(places or {})
        self._lock = Lock()

    @classmethod
    def begin(cls, plan: Plan, folder: Path = PLANS) -> "Progress":
        """Begin a replay, from nothing."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(plan, folder / f"{plan.replay}.json")

    @classmethod
    def resume(cls, replay: str, folder: Path = PLANS) -> "Progress":
        """Find a replay that was interrupted. Raises FileNotFoundError."""
        file = folder / f"{replay}.json"
        kept: Any = json.loads(file.read_text())
        kept["plan"]["types"] = tuple(kept["plan"]["types"])
        return cls(
            Plan(**kept["plan"]), file, {int(number): Place(**place) for number, place in kept["places"].items()}
        )

    def place(self, segment: int) -> Place:
        """Tell where a segment is."""
        return self._places.get(segment, Place())

    def reached(self, segment: int, place: Place) -> None:
        """Keep where a segment is, at once."""
        with self._lock:
            self._places[segment] = place
            kept = {"plan": asdict(self.plan), "places": {n: asdict(kept) for n, kept in self._places.items()}}
            draft = self._file.with_suffix(".new")
            draft.write_text(json.dumps(kept))
            draft.replace(self._file)

    def forget(self) -> None:
        """Remove the file: all is sent."""
        self._file.unlink(missing_ok=True)
