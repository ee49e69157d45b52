"""An API is described in the words of its project's pyproject.toml, and without them in its template's."""

import pytest
from openapi_spec_validator import validate

from tests.support.notes import WALL_NOTES
from trigger_pattern_authoring.metadata import described
from trigger_pattern_authoring.openapi.document import openapi_document
from trigger_pattern_authoring.openapi.stack import Stack

SHOP = Stack("Shop", "A shop", "0.1.0", "shop")
WHOLE = """
[project]
name = "corner-shop"
version = "2.3.0"
description = "A shop at the corner"
license = "Apache-2.0 OR MIT"
authors = [{name = "Jane Doe", email = "jane@example.com"}, {name = "John Doe"}]
urls.Documentation = "https://docs.example.com/shop"
"""


def test_all_of_it_is_the_authors() -> None:
    document = openapi_document((WALL_NOTES,), described(SHOP, WHOLE))
    info = {name: value for name, value in document["info"].items() if name != "description"}
    assert info == {
        "title": "Corner shop",
        "version": "2.3.0",
        "summary": "A shop at the corner",
        "license": {"name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT"},
        "contact": {"name": "Jane Doe", "email": "jane@example.com"},
    }
    assert document["externalDocs"]["url"] == "https://docs.example.com/shop"
    validate(document)


@pytest.mark.parametrize("pyproject", ["", "[tool.pytest]\n", "[project]\n"])
def test_what_is_not_there_is_the_templates(pyproject: str) -> None:
    assert described(SHOP, pyproject) == SHOP


def test_nothing_is_claimed_that_nobody_wrote() -> None:
    document = openapi_document((WALL_NOTES,), SHOP)
    assert not {"license", "contact"} & document["info"].keys()
    assert "externalDocs" not in document
    validate(document)


@pytest.mark.parametrize("pyproject", ["project", '[project]\nlicense = {file = "LICENSE"}\n'])
def test_what_cannot_be_read_is_refused(pyproject: str) -> None:
    with pytest.raises(ValueError, match=r"SPDX|Expected"):
        described(SHOP, pyproject)
