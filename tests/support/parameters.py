"""The template as CloudFormation reads it with some parameters: conditions decided, intrinsic functions worked out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from tests.support.template import template_of

_NOTHING = object()
_TEMPLATE = template_of("Car")


def template_with(**parameters: str) -> dict[str, Any]:
    """Return the resources of a stack of cars with these parameters, by logical id; the others have their defaults.

    A function's properties include those of `Globals`, as after the SAM transform.
    """
    reader = _reader(parameters)
    resources = reader.resources(_TEMPLATE["Resources"])
    shared = reader.value(_TEMPLATE["Globals"]["Function"])
    for resource in resources.values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"] = _merged(shared, resource["Properties"])
    return resources


def broken_rules(**parameters: str) -> list[str]:
    """Return the names of the rules that refuse a stack with these parameters."""
    reader = _reader(parameters)
    return [name for name, rule in _TEMPLATE["Rules"].items() if reader.breaks(rule)]


def _reader(parameters: Mapping[str, str]) -> "_Reader":
    defaults = {name: declared.get("Default", "") for name, declared in _TEMPLATE["Parameters"].items()}
    return _Reader({**defaults, **parameters}, _TEMPLATE["Conditions"], _TEMPLATE["Mappings"])


def _merged(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    both = {name: _merged(shared[name], own[name]) for name in shared.keys() & own.keys() if _is_object(shared[name])}
    return {**shared, **own, **both}


@dataclass(frozen=True)
class _Reader:
    """Works out the functions below; what refers to a resource stays as it is."""

    parameters: Mapping[str, str]
    conditions: Mapping[str, Any]
    mappings: Mapping[str, Any]

    def resources(self, declared: Mapping[str, Any]) -> dict[str, Any]:
        wanted = {name: resource for name, resource in declared.items() if self._holds(resource.get("Condition"))}
        return {name: self.value(resource) for name, resource in wanted.items()}

    def breaks(self, rule: Mapping[str, Any]) -> bool:
        """Return whether the parameters meet a rule's condition, and not all of its assertions."""
        asserted = [assertion["Assert"] for assertion in rule["Assertions"]]
        return self._decides(rule.get("RuleCondition", True)) and not all(map(self._decides, asserted))

    def _holds(self, condition: str | None) -> bool:
        return condition is None or self._decides(self.conditions[condition])

    def _decides(self, node: Any) -> bool:
        """Return what a condition comes to. Raises TypeError if it uses a function that is not among those below."""
        decided = self.value(node)
        if not isinstance(decided, bool):
            raise TypeError(node)
        return decided

    def value(self, node: Any) -> Any:
        """Return a part of the template with its functions worked out."""
        if _is_list(node):
            return [value for value in map(self.value, node) if value is not _NOTHING]
        if not _is_object(node):
            return node
        name, argument = next(iter(node.items()), ("", None))
        if len(node) == 1 and name in self._functions and isinstance(argument, str | list):
            return self._functions[name](argument)
        values = {name: self.value(value) for name, value in node.items()}
        return {name: value for name, value in values.items() if value is not _NOTHING}

    @property
    def _functions(self) -> dict[str, Callable[[Any], Any]]:
        return {
            "Ref": self._ref,
            "Condition": self._holds,
            "Fn::If": lambda node: self.value(node[1] if self._holds(node[0]) else node[2]),
            "Fn::Equals": lambda node: str(self.value(node[0])) == str(self.value(node[1])),
            "Fn::Not": lambda node: not self._decides(node[0]),
            "Fn::And": lambda node: all(map(self._decides, node)),
            "Fn::FindInMap": self._find_in_map,
            "Fn::Sub": self._sub,
            "Fn::Split": lambda node: self.value(node[1]).split(node[0]),
        }

    def _find_in_map(self, node: Any) -> Any:
        name, first, second = map(self.value, node)
        return self.mappings[name][first][second]

    def _sub(self, node: Any) -> Any:
        """Fill in what is known. What refers to a resource or to the account stays as it is."""
        text, values = node if _is_list(node) else (node, dict[str, Any]())
        known = {**self.parameters, **self.value(values)}
        filled = re.sub(r"\$\{(\w+)\}", lambda found: str(known.get(found[1], found[0])), text)
        return {"Fn::Sub": filled} if "${" in filled else filled

    def _ref(self, name: str) -> Any:
        return _NOTHING if name == "AWS::NoValue" else self.parameters.get(name, {"Ref": name})


def _is_list(node: Any) -> TypeGuard[list[Any]]:
    return isinstance(node, list)


def _is_object(node: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(node, dict)
