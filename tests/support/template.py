"""The deployed template, as data: what the tests need of it they take from it."""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

_TEMPLATE = Path(__file__).parents[2] / "template.yaml"
_cfn_yaml: Any = import_module("cfnlint.decode.cfn_yaml")  # cfn-lint has no types


@cache
def resources() -> dict[str, Any]:
    """Give the template's resources by their logical ids; `!Ref X` is `{"Ref": "X"}`, and so on."""
    return dict(_cfn_yaml.load(str(_TEMPLATE))["Resources"])


def properties(logical_id: str) -> dict[str, Any]:
    """Give one resource's properties."""
    return dict(resources()[logical_id]["Properties"])
