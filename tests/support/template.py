"""The deployed template, as data: what the tests need of it they take from it."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from trigger_pattern.definition.resource import AnyResource
from trigger_pattern_authoring.template.placing import with_resources

_TEMPLATE = Path(__file__).parents[2] / "template.yaml"
_cfn_yaml: Any = import_module("cfnlint.decode.cfn_yaml")  # cfn-lint has no types


@cache
def template() -> dict[str, Any]:
    """Return the whole template with its loops written out; `!Ref X` is `{"Ref": "X"}`, and so on."""
    written = dict(_cfn_yaml.load(str(_TEMPLATE)))
    return dict(expanded(written, written["Mappings"]["Kinds"], {}))


_of_resources: dict[str, dict[str, Any]] = {}


def template_with(resource: AnyResource) -> dict[str, Any]:
    """Return the template as if this were its only resource, whether or not the project has it."""
    if resource.kind not in _of_resources:
        written = dict(_cfn_yaml.loads(with_resources(_TEMPLATE.read_text(), [resource])))
        _of_resources[resource.kind] = _with_one_kind(written, resource.kind)
    return _of_resources[resource.kind]


@cache
def template_of(kind: str) -> dict[str, Any]:
    """Return the template as if it had one kind alone: the loops make the others like it."""
    return _with_one_kind(dict(_cfn_yaml.load(str(_TEMPLATE))), kind)


def _with_one_kind(written: dict[str, Any], kind: str) -> dict[str, Any]:
    kinds = written["Mappings"]["Kinds"]
    others = {f"{other}ViewTable" for other in kinds if other != kind}
    own = {name: resource for name, resource in written["Resources"].items() if name not in others}
    return dict(expanded({**written, "Resources": own}, {kind: kinds[kind]}, {}))


def resources() -> dict[str, Any]:
    """Return the template's resources by their logical ids."""
    return dict(template()["Resources"])


def properties(logical_id: str) -> dict[str, Any]:
    """Return one resource's properties."""
    return dict(resources()[logical_id]["Properties"])


def properties_of(logical_id: str, kind: AnyResource | None) -> dict[str, Any]:
    """Return a resource's properties in the template that has this kind alone, or in the whole one."""
    return dict(template_with(kind)["Resources"][logical_id]["Properties"]) if kind else properties(logical_id)


def mapped(value: Any) -> Any:
    """Return what a `!FindInMap` finds, also where a `!Sub` makes it a text."""
    if "Fn::Sub" in value:
        return str(mapped(value["Fn::Sub"][1]["Text"]))
    name, section, figure = value["Fn::FindInMap"]
    return template()["Mappings"][name][section][figure]


def expanded(node: Any, kinds: Mapping[str, Mapping[str, str]], names: Mapping[str, str]) -> Any:
    """Return a part of a template with its loops written out, as AWS::LanguageExtensions does.

    `names` are the values of the loops' identifiers. What a kind's mapping says is filled in too; a kind without one is
    left out.
    """
    if isinstance(node, str):
        return re.sub(r"\$\{(\w+)\}", lambda found: names.get(found[1], found[0]), node)
    if isinstance(node, list):
        return [expanded(each, kinds, names) for each in cast("Sequence[Any]", node)]
    if not isinstance(node, dict):
        return node
    result: dict[str, Any] = {}
    for name, value in cast("dict[str, Any]", node).items():
        if name.startswith("Fn::ForEach::"):
            identifier, values, body = value
            for each in filter(kinds.__contains__, values):
                result |= expanded(body, kinds, {**names, identifier: str(each)})
        else:
            result[expanded(name, kinds, names)] = expanded(value, kinds, names)
    return _simplified(result, kinds, names)


def _simplified(node: dict[str, Any], kinds: Mapping[str, Mapping[str, str]], names: Mapping[str, str]) -> Any:
    """Return an intrinsic function of which everything is known as its value."""
    match node:
        case {"Ref": str(name)} if name in names:
            return names[name]
        case {"Fn::FindInMap": ["Kinds", str(kind), str(name)]} if kind in kinds:
            return kinds[kind][name]
        case {"Fn::Sub": str(text)} if names and "${" not in text:
            return text
        case {"Fn::Sub": [str(text), values]} if all(map(_is_in_text, values.values())):
            return {"Fn::Sub": expanded(text, kinds, {name: _in_text(value) for name, value in values.items()})}
        case _:
            return node


def _is_in_text(value: Any) -> bool:
    return isinstance(value, str) or "Fn::GetAtt" in value


def _in_text(value: Any) -> str:
    """Return a value as it stands in the text of a `!Sub`."""
    return value if isinstance(value, str) else f"${{{'.'.join(value['Fn::GetAtt'])}}}"
