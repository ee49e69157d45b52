"""DynamoDB's expressions, as many of them as the adapters write. Any other is an error here, to be noticed.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from operator import eq, ge, gt, le, lt
from typing import Any, TypeAlias

Item: TypeAlias = Mapping[str, Any]
"""An item in DynamoDB's own form: `{"carId": {"S": "…"}, "version": {"N": "1"}}`."""

Comparable: TypeAlias = tuple[str, Any]

_TERM = re.compile(r"(?P<name>#?\w+) (?P<comparison><=|>=|<|>|=) (?P<value>:\w+)")
_CALL = re.compile(r"(?P<comparison>attribute_not_exists|begins_with)\((?P<name>#?\w+)(?:, (?P<value>:\w+))?\)")
_COMPARISONS = {"<=": le, ">=": ge, "<": lt, ">": gt, "=": eq}


class NotModelled(BaseException):
    """The code under test asks AWS for what this world does not have; no `except Exception` may hide that."""


@dataclass(frozen=True)
class _Term:
    name: str
    comparison: str
    value: str


@dataclass(frozen=True)
class Condition:
    """A comparison of an attribute, with names and values filled in."""

    name: str
    comparison: str
    value: Any

    def holds(self, item: Item) -> bool:
        """Return whether an item fulfils it. A comparison with a missing attribute, or of another type, is false."""
        if self.comparison == "attribute_not_exists":
            return self.name not in item
        if self.name not in item:
            return False
        (kind, here), (wanted, value) = comparable(item[self.name]), comparable(self.value)
        if kind != wanted:
            return False
        if self.comparison == "begins_with":
            return bool(here.startswith(value))
        return bool(_COMPARISONS[self.comparison](here, value))


def comparable(value: Mapping[str, Any]) -> Comparable:
    """Return the sort key of an attribute value: numbers by value, strings by their UTF-8 bytes."""
    ((kind, content),) = value.items()
    match kind:
        case "N":
            return kind, Decimal(content)
        case "S":
            return kind, str(content).encode()
        case _:
            raise NotModelled(f"a comparison of type {kind}")


def conditions(expression: str, separator: str, parameters: Mapping[str, Any]) -> list[Condition]:
    """Read terms joined by ` AND `, or by ` OR `, with the names and values of a request's parameters."""
    names: Mapping[str, str] = parameters.get("ExpressionAttributeNames", {})
    values: Mapping[str, Any] = parameters.get("ExpressionAttributeValues", {})
    return [
        Condition(names.get(term.name, term.name), term.comparison, values.get(term.value))
        for term in _terms(expression, separator)
    ]


@cache
def _terms(expression: str, separator: str) -> tuple[_Term, ...]:
    return tuple(map(_term, expression.split(separator)))


def _term(text: str) -> _Term:
    match = _TERM.fullmatch(text) or _CALL.fullmatch(text)
    if not match:
        raise NotModelled(f"the expression {text!r}")
    return _Term(match["name"], match["comparison"], match["value"] or "")
