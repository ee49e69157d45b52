"""What may become of a schema under its version, and what `make schemas` does about the rest."""

import json
from copy import deepcopy
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest

from resources import cars
from resources.cars import CARS, MILES, Car, ConditionChanged, OwnerChanged
from tests.contract.schemas import Json, load
from tools.contract import schemas
from tools.contract.__main__ import main
from tools.contract.comparing import incompatibilities
from tools.contract.publishing import broken, publish
from trigger_pattern import Doc, Length
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import schema_version

EXTRA: Json = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "description": "What it is"},
        "weight": {"type": "integer", "maximum": 9},
    },
    "required": ["name"],
}
SOLD: Json = {
    "$id": "tag:example.com,2026:schemas/cars/Sold/1",
    "title": "Sold",
    "description": "It was sold.",
    "type": "object",
    "properties": {
        "price": {"type": "integer", "minimum": 1, "maximum": 100, "description": "In euros"},
        "currency": {"type": "string", "enum": ["EUR", "USD"]},
        "code": {"type": "string", "pattern": "^[A-Z]$"},
        "fee": {"type": "string", "x-minimum": "0.00", "x-maximum": "9.50"},
        "note": {"type": "string"},
        "extras": {"type": "array", "items": EXTRA, "maxItems": 3},
    },
    "required": ["price", "currency", "code"],
}
GONE = object()
ANY_TEXT = {"type": "string"}


def changed(*changes: tuple[str, Any]) -> Json:
    """Return the schema with other values at these paths, or without them."""
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
        [("properties/fee/x-maximum", "9.5")],
        [("properties/buyer", ANY_TEXT)],
        [("properties/buyer", ANY_TEXT), ("properties/seller", {"type": "integer", "minimum": 1})],
        [("properties/currency/enum", ["USD", "EUR"])],
        [("required", ["code", "price", "currency"])],
        [("properties/extras/items/properties/color", ANY_TEXT)],
        [("properties/extras/items/properties/name/description", "What it is called")],
        [("properties/extras/items/description", "What was sold with it")],
    ],
)
def test_words_and_order_may_change_and_optional_fields_may_come(changes: list[tuple[str, Any]]) -> None:
    assert incompatibilities(SOLD, changed(*changes)) == []


MISSED = "is gone, but readers count on it and stored events have it"
LACKED = "is required now, but stored events may lack it"
BREAKING: list[tuple[str, Any, str]] = [
    ("properties/note", GONE, f"note: {MISSED}"),
    ("required", ["price", "currency", "code", "note"], f"note: {LACKED}"),
    ("required", ["price", "currency"], "code: is no longer required, but readers count on it"),
    ("properties/currency/enum", ["EUR", "USD", "GBP"], 'currency: "GBP" is a new value, which readers do not know'),
    ("properties/currency/enum", ["EUR"], 'currency: "USD" is no value any more, but stored events have it'),
    ("properties/currency/enum", GONE, 'currency: enum was ["EUR", "USD"] and is null'),
    ("properties/note/enum", ["a"], 'note: enum was null and is ["a"]'),
    ("properties/price/minimum", 0, "price: minimum was 1 and is 0, wider than readers know"),
    ("properties/price/minimum", 2, "price: minimum was 1 and is 2, narrower than stored events are"),
    ("properties/price/minimum", GONE, "price: minimum was 1 and is -inf, wider than readers know"),
    ("properties/price/maximum", 101, "price: maximum was 100 and is 101, wider than readers know"),
    ("properties/price/maximum", 99, "price: maximum was 100 and is 99, narrower than stored events are"),
    ("properties/price/maximum", GONE, "price: maximum was 100 and is inf, wider than readers know"),
    ("properties/note/minimum", 1, "note: minimum was -inf and is 1, narrower than stored events are"),
    ("properties/fee/x-minimum", "-0.01", "fee: x-minimum was 0.00 and is -0.01, wider than readers know"),
    ("properties/fee/x-maximum", "10.00", "fee: x-maximum was 9.50 and is 10.00, wider than readers know"),
    ("properties/fee/x-maximum", "9.49", "fee: x-maximum was 9.50 and is 9.49, narrower than stored events are"),
    ("properties/fee/x-maximum", GONE, "fee: x-maximum was 9.50 and is inf, wider than readers know"),
    ("properties/price/type", "number", 'price: type was "integer" and is "number"'),
    ("properties/code/pattern", "^[a-z]$", 'code: pattern was "^[A-Z]$" and is "^[a-z]$"'),
    ("properties/note/format", "uri", 'note: format was null and is "uri"'),
    ("properties/note/not", {"const": ""}, 'note: not was null and is {"const": ""}'),
    ("additionalProperties", False, "the event: additionalProperties was null and is false"),
    ("properties/extras/items/properties/name", GONE, f"extras[].name: {MISSED}"),
    ("properties/extras/items/required", ["name", "weight"], f"extras[].weight: {LACKED}"),
    (
        "properties/extras/items/properties/weight/maximum",
        10,
        "extras[].weight: maximum was 9 and is 10, wider than readers know",
    ),
    ("properties/extras/items/additionalProperties", False, "extras[]: additionalProperties was null and is false"),
    ("properties/extras/maxItems", 4, "extras: maxItems was 3 and is 4"),
    ("properties/extras/items", GONE, f"extras: items was {json.dumps(EXTRA)} and is null"),
    ("oneOf", [{"required": ["note"]}], 'the event: oneOf was null and is [{"required": ["note"]}]'),
]


@pytest.mark.parametrize(("path", "value", "reason"), BREAKING)
def test_whatever_else_changes_is_told_with_its_reason(path: str, value: Any, reason: str) -> None:
    assert incompatibilities(SOLD, changed((path, value))) == [reason]


def test_every_reason_is_told() -> None:
    gone = changed(("properties/code", GONE), ("required", ["price", "currency"]), ("properties/price/minimum", 0))
    wider = "price: minimum was 1 and is 0, wider than readers know"
    assert incompatibilities(SOLD, gone) == [f"code: {MISSED}", wider]
    required = ["price", "currency", "code", "buyer"]
    buyer = changed(("properties/buyer", ANY_TEXT), ("required", required))
    assert incompatibilities(SOLD, buyer) == [f"buyer: {LACKED}"]


# The command that publishes.

COLOR = f"ColorChanged.{schema_version(CARS, 'ColorChanged')}.json"
NEWER = f"ColorChanged.{schema_version(CARS, 'ColorChanged') + 1}.json"


class NewerColor(StrEnum):
    """Colors of which one came and one went."""

    RED = "red"
    WHITE = "white"
    PINK = "pink"
    BLACK = "black"


@dataclass(frozen=True)
class ColorChanged:
    """The car has another color."""

    color: Annotated[NewerColor, Doc("The paint's color")]


@dataclass(frozen=True)
class MileageChanged:
    """The car was driven."""

    mileage: Annotated[int, MILES, Doc("How far it went")]


def with_colors(car: Car, _: ColorChanged | cars.MileageChanged | OwnerChanged | ConditionChanged) -> Car:
    return car


def with_colors_and_words(car: Car, _: ColorChanged | MileageChanged | OwnerChanged | ConditionChanged) -> Car:
    return car


def keep(data: Json) -> Json:
    return data


TODAY: AnyResource = CARS
UNDER_THE_SAME_VERSION = replace(TODAY, apply=with_colors_and_words)
UNDER_A_NEW_VERSION = replace(
    TODAY,
    apply=with_colors,
    upcasters={**TODAY.upcasters, "ColorChanged": (*TODAY.upcasters.get("ColorChanged", ()), keep)},
)


@dataclass(frozen=True)
class Repository:
    """Where schemas are published and pinned."""

    schemas: Path
    pins: Path

    def publish(self, resource: AnyResource = CARS) -> int:
        """Publish what the code writes that knows this version of the resource."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(schemas, "RESOURCES", (resource,))
            return main(self.schemas, self.pins)

    def contents(self) -> dict[Path, str]:
        return {file: file.read_text() for folder in (self.schemas, self.pins) for file in folder.rglob("*.json")}

    def edit(self, name: str, old: str, new: str) -> None:
        """Change by hand what was published, but not what is pinned."""
        file = self.schemas / "cars" / name
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))

    def reasons(self, name: str) -> list[str]:
        """Return what a published schema breaks."""
        return broken([load(self.schemas / "cars" / name)], self.pins)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """One with the schemas of what the code writes."""
    made = Repository(tmp_path / "schemas", tmp_path / "pins")
    assert made.publish() == 0
    return made


def test_a_schema_is_published_and_pinned_for_every_event(repository: Repository) -> None:
    names = {f"{name}.{schema_version(CARS, name)}.json" for name in CARS.events}
    assert repository.contents().keys() == {
        folder / "cars" / name for folder in (repository.schemas, repository.pins) for name in names
    }


def test_another_description_is_published(repository: Repository) -> None:
    before = repository.contents()
    repository.edit(COLOR, "The car has another color.", "Repainted.")
    assert repository.reasons(COLOR) == []
    assert repository.publish() == 0
    assert repository.contents() == before


def test_what_would_break_a_published_schema_is_refused_with_the_reason_and_the_way_out(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    before = repository.contents()
    assert repository.publish(UNDER_THE_SAME_VERSION) == 1
    assert repository.contents() == before
    said = capsys.readouterr().err
    assert 'color: "pink" is a new value, which readers do not know' in said
    assert 'color: "blue" is no value any more, but stored events have it' in said
    assert all(word in said for word in ("schemas/cars/ColorChanged/", "`upcasters`", "docs/schema-evolution.md"))
    assert "MileageChanged" not in said


@dataclass(frozen=True)
class Towed:
    """The car was towed."""

    town: Annotated[str, Length(1, 9)]


def with_towing(car: Car, _: cars.ColorChanged | cars.MileageChanged | OwnerChanged | ConditionChanged | Towed) -> Car:
    return car


def test_a_field_without_a_description_is_refused(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    before = repository.contents()
    assert repository.publish(replace(TODAY, apply=with_towing)) == 1
    assert repository.contents() == before
    assert 'Towed.town needs a description: write Annotated[..., Doc("What it is")]\n' in capsys.readouterr().err


def test_so_is_it_where_the_file_was_edited_to_agree_with_the_code(repository: Repository) -> None:
    repository.edit(COLOR, '"blue",', '"pink",')
    assert repository.publish(UNDER_THE_SAME_VERSION) == 1
    assert len(repository.reasons(COLOR)) == 2


def test_an_optional_field_is_published_and_pinned_from_then_on(repository: Repository) -> None:
    publish([SOLD], repository.schemas, repository.pins)
    wider = changed(("properties/buyer", ANY_TEXT), ("properties/price/description", "In dollars"))
    assert broken([wider], repository.pins) == []
    publish([wider], repository.schemas, repository.pins)
    assert load(repository.schemas / "cars" / "Sold.1.json") == wider
    assert load(repository.pins / "cars" / "Sold.1.json") == changed(("properties/buyer", ANY_TEXT))
    assert len(broken([SOLD], repository.pins)) == 1


def test_a_new_version_is_published_beside_the_old_which_stays_pinned(repository: Repository) -> None:
    before = repository.contents()
    assert repository.publish(UNDER_A_NEW_VERSION) == 0
    after = repository.contents()
    assert {file.name for file in after.keys() - before.keys()} == {NEWER}
    assert {file: after[file] for file in before} == before
    repository.edit(COLOR, '"blue",', '"pink",')
    assert len(repository.reasons(COLOR)) == 2
