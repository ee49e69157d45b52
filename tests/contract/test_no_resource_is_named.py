"""The package and the functions name no resource of this stack: what they know of one is in its definition."""

import re
from pathlib import Path

import pytest

from resources import RESOURCES
from tests.support.functions import ROOT_FOLDER

MODULES = sorted(
    path.relative_to(ROOT_FOLDER)
    for folder in ("layers/trigger_pattern", "functions")
    for path in (ROOT_FOLDER / folder).rglob("*.py")
)
EXAMPLES = {"account", "accounts"}
"""Whatever docstrings take for an example may be the name of a resource of somebody's stack."""
NAMES = {name for resource in RESOURCES for name in (resource.name, resource.plural, resource.id)} - EXAMPLES
FIELDS = {"vin", "mileage"}
WORDS = re.compile(rf"(?i)(?<![a-z])({'|'.join(sorted(NAMES | FIELDS))})(?![a-z])")


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_of_the_package_or_a_function_names_no_resource(module: Path) -> None:
    lines = (ROOT_FOLDER / module).read_text().splitlines()
    assert [line for line in lines if WORDS.search(line)] == []
