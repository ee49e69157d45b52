"""Questions about many resources: those that the view has an index for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from trigger_pattern.definition.resource import AnyResource, By


@dataclass(frozen=True)
class Question:
    """Which resources have these values, by the fields' names in JSON and in the order of the list's fields.

    The answer is ordered by `by.then`, if the question does not give it.
    """

    by: By
    values: Mapping[str, Any]

    @property
    def order(self) -> str | None:
        """The field by which the answer is ordered, if any."""
        return None if self.by.then in self.values else self.by.then


def served(resource: AnyResource) -> Iterator[tuple[tuple[str, ...], By]]:
    """Yield the combinations of filters that some list serves."""
    seen = set[frozenset[str]]()
    for by in resource.lists:
        for names in (by.fields, (*by.fields, by.then) if by.then else by.fields):
            if frozenset(names) not in seen:
                seen.add(frozenset(names))
                yield names, by


def question_of(resource: AnyResource, filters: Mapping[str, Any]) -> Question | None:
    """Return the question that filters ask, with values of the fields' types; None if no list serves it."""
    for names, by in served(resource):
        if set(names) == set(filters):
            return Question(by, {name: filters[name] for name in names})
    return None


@dataclass(frozen=True)
class Listed:
    """A resource in a list: its representation as of a version."""

    aggregate_id: str
    version: int
    representation: Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """The place of a resource in an answer's order; `order` is its value in the field that orders, if any.

    It is a text, because newer code may have listed a value that this code does not know.
    """

    aggregate_id: str
    order: str | None = None


@dataclass(frozen=True)
class Page:
    """A part of an answer, and the place of the last in it, if more follow."""

    listed: tuple[Listed, ...]
    last: Place | None


class Index(Protocol):
    """Reads the view, which follows the events within moments and lists no deleted resource."""

    def page(self, question: Question, limit: int, after: Place | None) -> Page:
        """Return at most `limit` resources that follow `after`; fewer if some changed meanwhile and no longer fit."""
        ...
