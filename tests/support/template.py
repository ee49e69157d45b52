"""The deployed template, as data: what the tests need of it they take from it."""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

_TEMPLATE = Path(__file__).parents[2] / "template.yaml"
_cfn_yaml: Any = import_module("cfnlint.decode.cfn_yaml")  # cfn-lint has no types


@cache
def template() -> dict[str, Any]:
    """Give the whole template; `!Ref X` is `{"Ref": "X"}`, and so on."""
    return dict(_cfn_yaml.load(str(_TEMPLATE)))


def resources() -> dict[str, Any]:
    """Give the template's resources by their logical ids."""
    return dict(template()["Resources"])


def properties(logical_id: str) -> dict[str, Any]:
    """Give one resource's properties."""
    return dict(resources()[logical_id]["Properties"])


def mapped(value: Any) -> Any:
    """Give what a `!FindInMap` finds, also where a `!Sub` makes it a text."""
    if "Fn::Sub" in value:
        return str(mapped(value["Fn::Sub"][1]["Text"]))
    name, section, figure = value["Fn::FindInMap"]
    return template()["Mappings"][name][section][figure]
