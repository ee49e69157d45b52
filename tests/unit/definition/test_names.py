"""What follows from a definition: names, events and marks."""

from dataclasses import replace

from resources.cars import CARS
from tests.support.notes import NOTES, notes_with
from trigger_pattern.definition.sizes import MAX_COMMIT, MAX_VALUE, largest_commit, largest_value


def test_a_resource_is_shown_by_its_name() -> None:
    assert repr(CARS) == "<the resource car>"


def test_every_representation_and_every_commit_fit_where_they_are_kept() -> None:
    for resource in (CARS, NOTES):
        assert largest_value(resource) <= MAX_VALUE
        assert largest_commit(resource) <= MAX_COMMIT


def test_names_follow_from_the_name() -> None:
    carts = replace(NOTES, name="shopping-cart", plural="shopping-carts")
    names = (carts.id, carts.kind, carts.version, carts.plural_name, carts.source, carts.article)
    assert names == (
        "shoppingCartId", "ShoppingCart", "shoppingcartversion", "shoppingCarts",
        "tag:example.com,2026:shopping-carts/", "a",
    )  # fmt: skip
    assert notes_with(name="account").article == "an"


def test_types_and_uris_of_events_follow_from_the_authority() -> None:
    carts = replace(NOTES, name="shopping-cart", plural="shopping-carts", authority="shop.example.org,2024-02")
    assert carts.event_type("Written") == "org.example.shop.shopping-cart.Written"
    assert carts.schema_uri("Written", 2) == "tag:shop.example.org,2024-02:schemas/shopping-carts/Written/2"
    assert carts.source == "tag:shop.example.org,2024-02:shopping-carts/"


def test_the_events_are_those_of_apply_between_the_first_and_the_last() -> None:
    assert list(NOTES.events) == ["Written", "ColorChanged", "Rewritten", "Torn"]
    assert list(NOTES.event_members["Written"]) == list(NOTES.members)
    assert (list(NOTES.event_members["ColorChanged"]), NOTES.event_members["Torn"]) == (["color"], {})


def test_an_immutable_field_is_marked() -> None:
    assert [name for name, member in CARS.members.items() if member.immutable] == ["year", "make", "model", "vin"]
