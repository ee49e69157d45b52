"""The keys of the view's indexes, which follow from a resource's lists.

A list by `bank` and `currency`, then `status`, has the partition `bankCurrency`, `N26#EUR`, and the sort key
`statusAccountId`, `frozen#01a2…`. A list by one field has that field itself as its partition, and is sorted by the id.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from trigger_pattern.definition.resource import AnyResource, By


@dataclass(frozen=True)
class ViewKeys:
    """The names of an index and of the attributes that are its keys; whether the index has whole values."""

    index: str
    partition: str
    sort: str
    whole: bool = False

    @classmethod
    def of(cls, resource: AnyResource, by: By) -> "ViewKeys":
        """Return a list's names."""
        fields = _camel(by.fields)
        then = [by.then] if by.then else []
        index = by.index or _camel(("by", *by.fields, *then))
        return cls(index, fields, _camel((by.then, resource.id)) if by.then else resource.id, by.whole)


def key_attributes(resource: AnyResource, representation: Mapping[str, Any], aggregate_id: str) -> dict[str, str]:
    """Return the index keys that are no fields. A resource without a field is in none of the field's lists."""
    keys = dict[str, str]()
    for by in resource.lists:
        names = ViewKeys.of(resource, by)
        values = [representation.get(name) for name in (*by.fields, *([by.then] if by.then else []))]
        if None in values:
            continue
        if len(by.fields) > 1:
            keys[names.partition] = joined(str(representation[name]) for name in by.fields)
        if by.then:
            keys[names.sort] = sort_key(str(representation[by.then]), aggregate_id)
    return keys


def joined(values: Iterable[str]) -> str:
    """Return the partition for these values: `N26#EUR`. A single value stays as it is."""
    first, *rest = values
    return "#".join(map(_escaped, (first, *rest))) if rest else first


def sort_key(value: str, aggregate_id: str = "") -> str:
    """Return a sort key, a place in a list's order; without an id, the prefix of such keys."""
    return f"{_escaped(value)}#{aggregate_id}"


def value_of(key: str, aggregate_id: str) -> str:
    """Return the value that a sort key was made of."""
    return key.removesuffix(f"#{aggregate_id}").replace("%23", "#").replace("%25", "%")


def _escaped(value: str) -> str:
    """Return a value without the character that separates values."""
    return value.replace("%", "%25").replace("#", "%23")


def _camel(names: Iterable[str]) -> str:
    first, *rest = names
    return first + "".join(name[:1].upper() + name[1:] for name in rest)
