"""The largest sizes that a resource's values and commits can have, by its types."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from trigger_pattern.definition.records import Field

if TYPE_CHECKING:
    from trigger_pattern.definition.resource import AnyResource

MAX_COMMIT: Final = 100_000
"""In bytes. DynamoDB takes items of 400 KB, SNS messages of 256 KB, and a commit costs a write unit for each KB."""

MAX_VALUE: Final = 20_000
"""In bytes. As ASCII, which a queue's message is, it has three times as many; the commands queue takes 64 KB."""

_ENVELOPE: Final = 2_000


def largest_value(resource: "AnyResource") -> int:
    """Return how many bytes a representation has at most, in UTF-8."""
    return _most(resource.members)


def largest_commit(resource: "AnyResource") -> int:
    """Return how many bytes a commit has at most: the state, and an event of each type for each item of a list."""
    items = _items(resource.members)
    changes = [members for name, members in resource.event_members.items() if name != resource.created.__name__]
    most = sum(_most(members) * max(1, items // _items(members)) for members in changes)
    return _ENVELOPE + largest_value(resource) + max(largest_value(resource), most)


def _items(members: Mapping[str, Field]) -> int:
    return max((member.codec.items for member in members.values()), default=1)


def _most(members: Mapping[str, Field]) -> int:
    return 100 + sum(len(name) + 4 + member.codec.most for name, member in members.items())
