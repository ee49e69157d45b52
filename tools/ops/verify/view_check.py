"""The view, held to what the events say, while both go on."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import TypeAlias

from tools.ops.history.life import Fault, Life
from tools.ops.scanning import EventsTable, Item, version
from tools.ops.verify.batches import BATCH_SIZE, read_batch
from tools.ops.verify.differing import differences
from trigger_pattern.application.projecting import Viewed
from trigger_pattern.aws.dynamodb.view import view_item
from trigger_pattern.definition.life import Gone, NotCreated

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 1.0
"""Seconds between two looks; each pause is twice as long as the one before."""

Difference: TypeAlias = tuple[Life, str]
"""An aggregate whose item in the view is not what its life says, and how."""


@dataclass(frozen=True)
class ViewCheck:
    """Compares aggregates with their items in the view, which are read strongly consistently.

    The view follows the events in moments. So an aggregate that is not as expected may become so within `patience`
    seconds. `fault` hears what is wrong with commits that are newer than what was read of an aggregate before.
    """

    events: EventsTable
    view: str
    fault: Callable[[Fault], None]
    patience: float = 10
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def settle(self, suspects: Iterable[Life], stop: Event) -> Iterator[Fault]:
        """Look at aggregates until they are as they should be; give those that in `patience` seconds do not become so.

        After `stop` it gives none: nobody waited for them.
        """
        end, pause = self.clock() + self.patience, FIRST_PAUSE
        left = list(self.differing(suspects))
        while left and self.clock() < end and not stop.is_set():
            self.sleep(min(pause, max(0, end - self.clock())))
            pause = min(2 * pause, LONGEST_PAUSE)
            left = list(self.differing(life for life, _ in left))
        if not stop.is_set():
            yield from (Fault(life.aggregate_id, life.version, how) for life, how in left)

    def differing(self, lives: Iterable[Life]) -> Iterator[Difference]:
        """Yield the resources that differ in the view from their commits, once these are read up to that version."""
        lives = list(lives)
        for start in range(0, len(lives), BATCH_SIZE):
            yield from self._differing(lives[start : start + BATCH_SIZE])

    def _differing(self, lives: Sequence[Life]) -> Iterator[Difference]:
        name = self.events.resource.id
        keys = [{name: {"S": life.aggregate_id}} for life in lives]
        found = {item[name]["S"]: item for item in read_batch(self.events.client, self.view, keys)}
        for life in lives:
            item = found.get(life.aggregate_id)
            self._follow(life, _version(item))
            if life.state is not None and (how := difference(item, life)):
                yield life, how

    def _follow(self, life: Life, shown: int) -> None:
        """Read the commits that the view has already, and no newer ones: it need not have these yet."""
        if life.version >= shown:
            return
        for page in self.events.commits(life.aggregate_id, life.version + 1):
            for item in page.items:
                if version(item) > shown:
                    return
                for fault in life.follow(item).faults:
                    self.fault(fault)


def difference(found: Item | None, life: Life) -> str:
    """Return how an item of the view differs from the events; nothing if it does not."""
    value = None if isinstance(life.state, NotCreated | Gone) else life.state
    expected = view_item(life.resource, Viewed(life.aggregate_id, life.version, value))
    if found == expected:
        return ""
    if found is None:
        return "the view does not have it" + (", not even as deleted" if "deleted" in expected else "")
    shown = _version(found)
    if shown != life.version:
        return f"the view is {'behind' if shown < life.version else 'ahead'}: it has version {shown}"
    return f"the view has {differences(_plain(found), _plain(expected))}"


def _version(item: Item | None) -> int:
    return version(item) if item and "version" in item else 0


def _plain(item: Item) -> Item:
    return {name: value for name, typed in item.items() for value in typed.values()}
