"""What happened to an aggregate up to a version or a time, one event after another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any, TypeAlias

from tools.ops.history.life import Chapter, Fault, Life
from tools.ops.scanning import Item, version
from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.definition.life import State
from trigger_pattern.definition.resource import AnyResource

AsOf: TypeAlias = int | datetime | None
"""A version, a time, or now."""


@dataclass(frozen=True)
class Step:
    """One event, with the aggregate before and after it; None where nobody knows."""

    published: PublishedEvent
    before: State | None
    after: State | None


@dataclass(frozen=True)
class Part:
    """What is told of a commit: the steps up to `last_version`, none where it cannot be read."""

    chapter: Chapter
    steps: tuple[Step, ...]
    last_version: int


@dataclass(frozen=True)
class Biography:
    """An aggregate's life, oldest part first; without parts where the aggregate was not there yet."""

    resource: AnyResource
    aggregate_id: str
    parts: tuple[Part, ...]

    @property
    def version(self) -> int:
        """The version at its end."""
        return self.parts[-1].last_version

    @property
    def state(self) -> State | None:
        """The aggregate at its end; None where nobody knows."""
        steps = self.parts[-1].steps
        return steps[-1].after if steps else None

    @property
    def faults(self) -> list[Fault]:
        """All that is wrong with the commits in it."""
        return [fault for part in self.parts for fault in part.chapter.faults]


def biography(resource: AnyResource, aggregate_id: str, items: Iterable[Item], as_of: AsOf) -> Biography:
    """Read an aggregate's commits, which come oldest first."""
    life = Life(resource, aggregate_id)
    chapters = (life.follow(item) for item in takewhile(lambda item: not _is_after(item, as_of), items))
    return Biography(resource, aggregate_id, tuple(_part(chapter, as_of) for chapter in chapters))


def _part(chapter: Chapter, as_of: AsOf) -> Part:
    last = min(as_of, chapter.last_version) if isinstance(as_of, int) else chapter.last_version
    steps = (step for step in _steps(chapter) if step.published.version <= last)
    return Part(chapter, tuple(steps), last)


def _steps(chapter: Chapter) -> Iterator[Step]:
    yield from map(Step, chapter.events, chapter.states, chapter.states[1:])


def _is_after(item: Item, as_of: AsOf) -> bool:
    if isinstance(as_of, datetime):
        occurred_at = _time(item.get("occurredAt", {}).get("S"))
        return occurred_at is not None and occurred_at > as_of
    return as_of is not None and version(item) > as_of


def _time(text: Any) -> datetime | None:  # noqa: ANN401 - whatever a corrupt item has
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None
