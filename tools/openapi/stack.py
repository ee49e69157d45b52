"""What no resource says of itself: the API's name and texts in this stack, and examples."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tools.article import EXAMPLE_CAR
from tools.openapi.examples import Example


@dataclass(frozen=True)
class Stack:
    """A stack in its own words.

    `service` begins the URNs of its problems: `urn:accounts:problem:not-found`. `examples` are by a resource's name;
    for the others, one is drawn from the resource's schemas.
    """

    title: str
    summary: str
    version: str
    service: str
    examples: Mapping[str, Example] = field(default_factory=dict[str, Example])


STACK = Stack(
    title="Car registry",
    summary="A car registry that never forgets",
    version="0.1.0",
    service="cars",
    examples={"car": Example(EXAMPLE_CAR, {"color": "red", "mileage": 15000})},
)
