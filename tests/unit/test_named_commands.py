"""The commands that documents name exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from resources import RESOURCES
from tools.ops.__main__ import OPERATIONS
from tools.paths import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]
CODE = re.compile(r"^```.*?^```|`[^`]+`", re.DOTALL | re.MULTILINE)
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
OPS = r"(?:bin/)?ops"
PLURALS = {"accounts", "conferences", *(resource.plural for resource in RESOURCES)}
"""The stack's resources, and those that pages have for examples."""
RESOURCE = rf"{OPS}\s+(?:{'|'.join(sorted(PLURALS))}|…)"
COMMANDS = {operation(RESOURCES[0]).name for operation in OPERATIONS}


def named(page: Path, command: str) -> Iterator[str]:
    """Find the word after a command, in what is marked as code; a list of packages to install is no command of ours."""
    for code in CODE.findall(page.read_text()):
        if "apt-get" not in code:
            yield from re.findall(rf"(?:^|[`$] ?|&& ){command}\s+([a-z][a-z-]*)", code, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    assert set(named(page, "make")) <= TARGETS
    assert set(named(page, RESOURCE)) <= COMMANDS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_an_operator_names_its_resource(page: Path) -> None:
    named_at_all = [*named(page, OPS), *named(page, "bin/cars"), *named(page, "cars")]
    assert set(named_at_all) <= PLURALS


def test_commands_are_found_in_pages() -> None:
    found = {name for page in PAGES for name in named(page, "make")}
    assert found >= {"run", "test", "demo", "schemas"}
    assert "rebuild-view" in {name for page in PAGES for name in named(page, RESOURCE)}
