"""The package and the functions do not name cars: what they know of a resource is in its definition."""

import re
from pathlib import Path

import pytest

from resources.cars import CARS
from tests.support.functions import ROOT_FOLDER

MODULES = sorted(
    path.relative_to(ROOT_FOLDER)
    for folder in ("layers/trigger_pattern", "functions")
    for path in (ROOT_FOLDER / folder).rglob("*.py")
)
NAMES = {CARS.name, CARS.plural, CARS.id}
"""Not those of any resource of somebody's stack: a word of the docstrings, such as event or class, may be one."""
FIELDS = {"vin", "mileage"}
WORDS = re.compile(rf"(?i)(?<![a-z])({'|'.join(sorted(NAMES | FIELDS))})(?![a-z])")


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_of_the_package_or_a_function_names_no_resource(module: Path) -> None:
    lines = (ROOT_FOLDER / module).read_text().splitlines()
    assert [line for line in lines if WORDS.search(line)] == []
