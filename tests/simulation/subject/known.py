"""The resources that can be simulated, by their names."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from examples.accounts.accounts import ACCOUNTS
from resources import RESOURCES
from tests.laws.carts import CARTS
from tests.simulation.subject.any import AnySubject
from tests.simulation.subject.cars import Cars
from tests.simulation.subject.subject import Subject
from trigger_pattern.definition.resource import AnyResource

CAR: Final = "car"
_ALL: Final[Sequence[AnyResource]] = (CARTS, ACCOUNTS, *RESOURCES)
KNOWN: Final = {resource.name: resource for resource in _ALL}
"""The project's own resources, and examples with what cars do not have."""


def expected_of(resource: AnyResource) -> set[str]:
    """Return what enough runs of a resource reach: its events, the codes of its refusals, and `unchanged`."""
    return {*resource.events, *(refusal.code for refusal in resource.refusals), "unchanged"}


@cache
def subject_of(name: str) -> Subject:
    """Return the resource with a name: `car`. Raises LookupError."""
    return Cars() if name == CAR else AnySubject(KNOWN[name])
