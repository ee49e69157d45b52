"""What may become of a schema under its version, and what `make schemas` does about the rest."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from cars.domain.stored_events import SCHEMA_VERSIONS
from tests.contract.schemas import Json
from tools.contract.__main__ import main
from tools.contract.comparing import incompatibilities

SOLD: Json = {
    "$id": "urn:cars:schemas:Sold:1",
    "title": "Sold",
    "description": "It was sold.",
    "type": "object",
    "properties": {
        "price": {"type": "integer", "minimum": 1, "maximum": 100, "description": "In euros"},
        "currency": {"type": "string", "enum": ["EUR", "USD"]},
        "code": {"type": "string", "pattern": "^[A-Z]$"},
        "note": {"type": "string"},
    },
    "required": ["price", "currency", "code"],
}
GONE = object()
ANY_TEXT = {"type": "string"}


def changed(*changes: tuple[str, Any]) -> Json:
    """Give the schema with other values at these paths, or without them."""
    schema = deepcopy(SOLD)
    for path, value in changes:
        *above, last = path.split("/")
        place = schema
        for name in above:
            place = place[name]
        if value is GONE:
            del place[last]
        else:
            place[last] = value
    return schema


@pytest.mark.parametrize(
    "changes",
    [
        [],
        [("title", "Sale")],
        [("description", "It has another owner, for money.")],
        [("$comment", "Reviewed.")],
        [("properties/price/description", "In cents")],
        [("properties/price/title", "Price")],
        [("properties/price/description", GONE)],
        [("properties/buyer", ANY_TEXT)],
        [("properties/buyer", ANY_TEXT), ("properties/seller", {"type": "integer", "minimum": 1})],
        [("properties/currency/enum", ["USD", "EUR"])],
        [("required", ["code", "price", "currency"])],
    ],
)
def test_words_and_order_may_change_and_optional_fields_may_come(changes: list[tuple[str, Any]]) -> None:
    assert incompatibilities(SOLD, changed(*changes)) == []


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        (
            [("properties/note", GONE)],
            ["note: is gone, but readers count on it and stored events have it"],
        ),
        (
            [("properties/code", GONE), ("required", ["price", "currency"])],
            ["code: is gone, but readers count on it and stored events have it"],
        ),
        (
            [("properties/buyer", ANY_TEXT), ("required", ["price", "currency", "code", "buyer"])],
            ["buyer: is required now, but stored events may lack it"],
        ),
        (
            [("required", ["price", "currency", "code", "note"])],
            ["note: is required now, but stored events may lack it"],
        ),
        (
            [("required", ["price", "currency"])],
            ["code: is no longer required, but readers count on it"],
        ),
        (
            [("properties/currency/enum", ["EUR", "USD", "GBP"])],
            ['currency: "GBP" is a new value, which readers do not know'],
        ),
        (
            [("properties/currency/enum", ["EUR"])],
            ['currency: "USD" is no value any more, but stored events have it'],
        ),
        (
            [("properties/currency/enum", GONE)],
            ['currency: enum was ["EUR", "USD"] and is null'],
        ),
        (
            [("properties/note/enum", ["a"])],
            ['note: enum was null and is ["a"]'],
        ),
        (
            [("properties/price/minimum", 0)],
            ["price: minimum was 1 and is 0, wider than readers know"],
        ),
        (
            [("properties/price/minimum", 2)],
            ["price: minimum was 1 and is 2, narrower than stored events are"],
        ),
        (
            [("properties/price/minimum", GONE)],
            ["price: minimum was 1 and is -inf, wider than readers know"],
        ),
        (
            [("properties/price/maximum", 101)],
            ["price: maximum was 100 and is 101, wider than readers know"],
        ),
        (
            [("properties/price/maximum", 99)],
            ["price: maximum was 100 and is 99, narrower than stored events are"],
        ),
        (
            [("properties/price/maximum", GONE)],
            ["price: maximum was 100 and is inf, wider than readers know"],
        ),
        (
            [("properties/note/minimum", 1)],
            ["note: minimum was -inf and is 1, narrower than stored events are"],
        ),
        (
            [("properties/price/type", "number")],
            ['price: type was "integer" and is "number"'],
        ),
        (
            [("properties/code/pattern", "^[a-z]$")],
            ['code: pattern was "^[A-Z]$" and is "^[a-z]$"'],
        ),
        (
            [("properties/note/format", "uri")],
            ['note: format was null and is "uri"'],
        ),
        (
            [("properties/note/not", {"const": ""})],
            ['note: not was null and is {"const": ""}'],
        ),
        (
            [("additionalProperties", False)],
            ["the event: additionalProperties was null and is false"],
        ),
        (
            [("oneOf", [{"required": ["note"]}])],
            ['the event: oneOf was null and is [{"required": ["note"]}]'],
        ),
        (
            [("properties/note", GONE), ("properties/price/minimum", 0)],
            [
                "note: is gone, but readers count on it and stored events have it",
                "price: minimum was 1 and is 0, wider than readers know",
            ],
        ),
    ],
)
def test_whatever_else_changes_is_told_with_its_reason(changes: list[tuple[str, Any]], reasons: list[str]) -> None:
    assert incompatibilities(SOLD, changed(*changes)) == reasons


# The command that publishes.

COLOR, MILEAGE = (f"{name}.{SCHEMA_VERSIONS[name]}.json" for name in ("ColorChanged", "MileageChanged"))


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A folder with the schemas of what the code writes."""
    assert main(tmp_path) == 0
    return tmp_path


def edit(file: Path, old: str, new: str) -> None:
    """Make what was published another than what the code makes."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def contents(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.iterdir()}


def test_a_schema_is_published_for_every_event(published: Path) -> None:
    assert contents(published).keys() == {f"{name}.{newest}.json" for name, newest in SCHEMA_VERSIONS.items()}


def test_another_description_is_published(published: Path) -> None:
    before = contents(published)
    edit(published / COLOR, "The car has another color.", "Repainted.")
    assert main(published) == 0
    assert contents(published) == before


def test_what_would_break_a_published_schema_is_refused_with_the_reason_and_the_way_out(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(published / COLOR, '"blue",', '"pink",')
    edit(published / MILEAGE, "The car was driven.", "It was driven.")
    before = contents(published)
    assert main(published) == 1
    assert contents(published) == before
    said = capsys.readouterr().err
    assert 'color: "blue" is a new value, which readers do not know' in said
    assert 'color: "pink" is no value any more, but stored events have it' in said
    assert all(word in said for word in ("urn:cars:schemas:ColorChanged:", "SCHEMA_VERSIONS", "UPCASTERS"))
    assert "MileageChanged" not in said


def test_a_new_version_is_published_beside_the_old(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(published / COLOR, '"blue",', '"pink",')
    before = contents(published)
    newer = SCHEMA_VERSIONS["ColorChanged"] + 1
    monkeypatch.setitem(SCHEMA_VERSIONS, "ColorChanged", newer)
    assert main(published) == 0
    after = contents(published)
    assert after.keys() - before.keys() == {f"ColorChanged.{newer}.json"}
    assert after[COLOR] == before[COLOR]
