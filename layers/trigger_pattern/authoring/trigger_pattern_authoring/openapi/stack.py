"""What no resource says of itself: the API's name and texts in a stack, and examples."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trigger_pattern_authoring.openapi.examples import Example


@dataclass(frozen=True)
class Stack:
    """A stack in its own words.

    `service` begins the URNs of its problems: `urn:accounts:problem:not-found`. `license` is an SPDX expression,
    `contact` has a name or an e-mail address, `documentation` is an address; each is empty if there is none. `examples`
    are by a resource's name; for the others, one is drawn from the resource's schemas.
    """

    title: str
    summary: str
    version: str
    service: str
    license: str = ""
    contact: Mapping[str, str] = field(default_factory=dict[str, str])
    documentation: str = ""
    examples: Mapping[str, Example] = field(default_factory=dict[str, Example])
