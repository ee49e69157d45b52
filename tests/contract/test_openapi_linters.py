"""The linters of the API's description find nothing in any resource's."""

from pathlib import Path

from examples.accounts.accounts import ACCOUNTS
from tests.laws.carts import CARTS
from tools import commands, environment
from tools.project import STACK
from trigger_pattern_authoring.openapi.document import openapi_document, written


def test_the_linters_find_nothing_in_the_descriptions_of_other_resources(tmp_path: Path) -> None:
    description = tmp_path / "openapi.json"
    description.write_text(written(openapi_document((ACCOUNTS, CARTS), STACK)), encoding="utf-8")
    commands.run(["make", "spectral", "redocly", f"DESCRIPTIONS={description}"], environment.made())
