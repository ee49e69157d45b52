"""What the cars view showed, from the first to the last."""

from dataclasses import dataclass, field
from typing import Any

from tests.simulation.run.truth import plain_value
from tests.simulation.world.expressions import Item


@dataclass
class Shown:
    """Every form that each item of the view had, in order."""

    items: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def changed(self, _: str, item: Item) -> None:
        """Note how an item is now."""
        self.items.append({name: plain_value(value) for name, value in item.items()})
