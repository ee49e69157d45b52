"""Bodies, patches, lists and examples as the description has them, against the code that reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Annotated, Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from resources.cars import CARS
from tests.laws.carts import CARTS
from tests.support.notes import WALL_NOTES, notes_with
from trigger_pattern import Between, Creation, Length, Money, Parsed, Pattern, Places, Refused
from trigger_pattern.application.listing import Place, question_of
from trigger_pattern.definition.representation import read_changes, read_new, read_whole
from trigger_pattern.http.cursors import write_cursor
from trigger_pattern_authoring.openapi.document import openapi_document
from trigger_pattern_authoring.openapi.examples import EXAMPLE_ID, example_of
from trigger_pattern_authoring.openapi.parameters import max_cursor
from trigger_pattern_authoring.openapi.stack import Stack
from trigger_pattern_authoring.openapi.subject import Subject


@dataclass(frozen=True)
class Seat:
    row: Annotated[str, Length(3, 40)]
    price: Annotated[Decimal, Between(0, 5), Places(2)]
    reduced: bool = False


@dataclass(frozen=True)
class Ticket:
    number: Annotated[str, Pattern("[0-9]{6}", "six digits")]
    seats: Annotated[tuple[Seat, ...], Length(1, 5)]
    discount: Annotated[Decimal, Between(0, 1), Places(3)]


class Sold(Creation[Ticket]):
    """It was sold."""


TICKETS = notes_with(name="ticket", plural="tickets", of=Ticket, created=Sold, lists=(), filters=(), refusals=())
SHOP = Stack("Shop", "A shop", "1.0.0", "shop")
DOCUMENT = openapi_document((CARS, WALL_NOTES, TICKETS), SHOP)
SCHEMAS: Mapping[str, Any] = DOCUMENT["components"]["schemas"]
CAR, NOTE, TICKET = (Subject.of(resource, SHOP) for resource in (CARS, WALL_NOTES, TICKETS))


def is_valid(schema: str, value: Any) -> bool:
    referred = {"$ref": f"#/components/schemas/{schema}", "components": DOCUMENT["components"]}
    return bool(Draft202012Validator(referred).is_valid(value))


@pytest.mark.parametrize("subject", [CAR, NOTE, TICKET], ids=["car", "wall-note", "ticket"])
def test_an_example_is_drawn_that_the_schemas_and_the_resource_accept(subject: Subject) -> None:
    resource, example = subject.resource, example_of(subject.resource)
    assert example is not None
    assert not isinstance(read_whole(resource, example.whole), Refused)
    assert not isinstance(read_changes(resource, example.patch), Refused)
    post = SCHEMAS[subject.schema_name("Body")]["examples"][0]
    assert not isinstance(read_new(resource, post), Refused)
    assert is_valid(subject.schema_name("Body"), post)
    assert is_valid(subject.schema_name("Replacement"), example.whole)
    assert is_valid(subject.schema_name("Patch"), example.patch)
    assert is_valid(subject.schema_name(), SCHEMAS[subject.schema_name()]["examples"][0])


def test_times_of_day_and_money_have_examples() -> None:
    @dataclass(frozen=True)
    class Ticket:
        doors: time
        price: Money

    example = example_of(notes_with(of=Ticket, lists=(), filters=(), refusals=()))
    assert example is not None
    assert example.whole == {"doors": "09:30:00", "price": {"amount": "10.00", "currency": "EUR"}}


def test_a_field_that_cannot_be_drawn_has_its_default_in_the_example() -> None:
    example = example_of(CARTS)
    assert example is not None
    assert example.whole["lines"] == []


def test_no_example_is_given_that_might_not_be_accepted() -> None:
    def never(_: str) -> str:
        raise ValueError("something that no schema says")

    @dataclass(frozen=True)
    class Secret:
        word: Annotated[str, Parsed(never, accepts={"type": "string"}, stores={"type": "string"}, most=10)]

    class Kept(Creation[Secret]):
        """It was kept."""

    names = {"name": "secret", "plural": "secrets"}
    changed = notes_with(**names, of=Secret, created=Kept, lists=(), filters=(), refusals=())
    assert example_of(changed) is None
    document = openapi_document((changed,), SHOP)
    validate(document)
    assert "examples" not in document["paths"]["/secrets"]["post"]["requestBody"]["content"]["application/json"]


def test_a_post_has_no_field_that_is_not_given_on_creation() -> None:
    assert "pinned" not in SCHEMAS["WallNoteBody"]["properties"]
    assert "pinned" in SCHEMAS["WallNoteReplacement"]["required"]
    assert SCHEMAS["WallNote"]["required"] == ["wallNoteId", "author", "text", "priority", "pinned", "tags"]


@pytest.mark.parametrize("patch", [{"place": {"nail": "left"}}, {"place": None}, {"color": None}, {}])
def test_a_patch_may_have_parts_of_an_object_and_null_for_what_is_optional(patch: dict[str, Any]) -> None:
    assert not isinstance(read_changes(WALL_NOTES, patch), Refused)
    assert is_valid("WallNotePatch", patch)


REFUSED: list[dict[str, Any]] = [{"author": "Ada"}, {"place": {"depth": 1}}, {"tags": [""]}, {"pinned": None}]


@pytest.mark.parametrize("patch", REFUSED)
def test_a_patch_that_is_refused_is_not_valid_either(patch: dict[str, Any]) -> None:
    assert isinstance(read_changes(WALL_NOTES, patch), Refused)
    assert not is_valid("WallNotePatch", patch)


def test_what_only_shows_after_a_patch_is_among_its_refusals() -> None:
    answers = DOCUMENT["paths"]["/wall-notes/{wallNoteId}"]["patch"]["responses"]
    assert list(answers["409"]["content"]["application/problem+json"]["examples"]) == [
        "wall-note-deleted",
        "wall-note-not-found",
        "invalid-value",
        "missing-value",
        "nothing-to-tear",
        "superseded",
    ]


def test_a_filter_is_no_null_and_names_those_it_goes_with() -> None:
    given = {each["name"]: each for each in DOCUMENT["paths"]["/wall-notes"]["get"]["parameters"]}
    assert list(given) == ["author", "color", "limit", "cursor"]
    assert given["author"]["description"] == "Who wrote it"
    assert given["color"]["description"] == "With `author`"
    schema = {"type": "string", "minLength": 1, "maxLength": 10, "examples": ["Example"]}
    assert given["color"]["schema"] == schema


def test_no_cursor_is_longer_than_the_description_says() -> None:
    by_color = question_of(WALL_NOTES, {"author": "Ada"})
    by_condition = question_of(CARS, {"make": "BMW", "model": "M3"})
    assert by_color
    assert by_condition
    longest = write_cursor(WALL_NOTES, by_color, Place(EXAMPLE_ID, "\N{PARTY POPPER}" * 10))
    assert 120 < len(longest) <= max_cursor(NOTE)
    assert len(write_cursor(CARS, by_condition, Place(EXAMPLE_ID, "excellent"))) <= max_cursor(CAR) == 120


def test_the_items_of_a_list_are_whole_in_a_patch_as_in_a_put() -> None:
    bodies = (SCHEMAS[TICKET.schema_name(body)]["properties"]["seats"] for body in ("Patch", "Replacement"))
    patched, replaced = bodies
    assert patched["items"]["required"] == replaced["items"]["required"] == ["row", "price", "reduced"]
    without_reduced = [{"row": "A12", "price": "1.00"}]
    assert isinstance(read_changes(TICKETS, {"seats": without_reduced}), Refused)
