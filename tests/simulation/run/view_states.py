"""Every state that the view has had."""

from dataclasses import dataclass, field
from typing import Any

from tests.simulation.run.histories import plain_value
from tests.simulation.world.expressions import Item


@dataclass
class ViewStates:
    """The states of all items of the view, in the order in which they were written."""

    items: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def changed(self, _: str, item: Item) -> None:
        """Record an item's new state."""
        self.items.append({name: plain_value(value) for name, value in item.items()})
