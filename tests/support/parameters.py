"""The template as CloudFormation reads it with some parameters: conditions decided, intrinsic functions worked out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, TypeGuard

_cfn_yaml: Any = import_module("cfnlint.decode.cfn_yaml")  # cfn-lint has no types
_NOTHING = object()


def template_with(**parameters: str) -> dict[str, Any]:
    """Give the resources that a stack with these parameters has, by logical id; the other parameters by default."""
    template = _cfn_yaml.load(str(Path(__file__).parents[2] / "template.yaml"))
    defaults = {name: declared.get("Default", "") for name, declared in template["Parameters"].items()}
    reader = _Reader(defaults | parameters, template["Conditions"], template["Mappings"])
    return reader.resources(template["Resources"])


@dataclass(frozen=True)
class _Reader:
    """Works out the functions below; what refers to a resource stays as it is."""

    parameters: Mapping[str, str]
    conditions: Mapping[str, Any]
    mappings: Mapping[str, Any]

    def resources(self, declared: Mapping[str, Any]) -> dict[str, Any]:
        wanted = {name: resource for name, resource in declared.items() if self._holds(resource.get("Condition"))}
        return {name: self._value(resource) for name, resource in wanted.items()}

    def _holds(self, condition: str | None) -> bool:
        return condition is None or bool(self._value(self.conditions[condition]))

    def _value(self, node: Any) -> Any:
        if _is_list(node):
            return [value for value in map(self._value, node) if value is not _NOTHING]
        if not _is_object(node):
            return node
        name, argument = next(iter(node.items()), ("", None))
        if len(node) == 1 and name in self._functions and isinstance(argument, str | list):
            return self._functions[name](argument)
        values = {name: self._value(value) for name, value in node.items()}
        return {name: value for name, value in values.items() if value is not _NOTHING}

    @property
    def _functions(self) -> dict[str, Callable[[Any], Any]]:
        return {
            "Ref": self._ref,
            "Condition": self._holds,
            "Fn::If": lambda node: self._value(node[1] if self._holds(node[0]) else node[2]),
            "Fn::Equals": lambda node: self._value(node[0]) == self._value(node[1]),
            "Fn::Not": lambda node: not self._value(node[0]),
            "Fn::And": lambda node: all(map(self._value, node)),
            "Fn::FindInMap": self._find_in_map,
            "Fn::Split": lambda node: self._value(node[1]).split(node[0]),
        }

    def _find_in_map(self, node: Any) -> Any:
        name, first, second = map(self._value, node)
        return self.mappings[name][first][second]

    def _ref(self, name: str) -> Any:
        return _NOTHING if name == "AWS::NoValue" else self.parameters.get(name, {"Ref": name})


def _is_list(node: Any) -> TypeGuard[list[Any]]:
    return isinstance(node, list)


def _is_object(node: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(node, dict)
