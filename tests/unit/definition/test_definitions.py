"""What a definition cannot say: each mistake of an author is named when the resource is declared."""

from collections.abc import Callable
from dataclasses import dataclass, make_dataclass, replace
from decimal import Decimal
from typing import Annotated, Any, cast

import pytest

from resources.cars import CARS
from tests.support.accounts import ACCOUNTS, Closed, StatusChanged
from trigger_pattern import IMMUTABLE, NOT_ON_CREATION, Between, By, InvalidDefinition, Length, Named, Places, Refusal
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.sizes import MAX_COMMIT, MAX_VALUE, largest_commit, largest_value

TEXT = Annotated[str, Length(1, 5)]


@dataclass
class Thawed:
    name: TEXT


def of(*fields: Any) -> AnyResource:
    """Declare accounts whose value has these fields, each a name, a type, and perhaps a default."""
    return accounts(of=make_dataclass("Value", fields, frozen=True), lists=())


def accounts(**changes: Any) -> AnyResource:
    """Declare accounts with something different."""
    return replace(cast("AnyResource", ACCOUNTS), **changes)


@pytest.mark.parametrize(
    ("declare", "says"),
    [
        (lambda: of(("tags", list[str])), r"Value.tags: .* cannot be stored. Use str, int"),
        (lambda: of(("rate", float)), "Value.rate: .* cannot be stored"),
        (lambda: of(("pair", tuple[TEXT, TEXT])), "Value.pair: .* cannot be stored"),
        (lambda: of(("name", str)), "Value.name: how long can it be"),
        (lambda: of(("names", tuple[TEXT, ...])), "Value.names: how long can it be"),
        (lambda: of(("price", Decimal)), "Value.price: how large, and how exact"),
        (lambda: of(("price", Annotated[Decimal, Between(0, 1)])), "Value.price: how large, and how exact"),
        (lambda: of(("name", Annotated[str, Length(1, 5), Places(2)])), r"Value.name: Places\(most=2\) says nothing"),
        (lambda: of(("sold", Annotated[bool, Length(1, 5)])), "Value.sold: .* says nothing about bool"),
        (lambda: of(("either", TEXT | bool)), "Value.either: of several types, only `X | None`"),
        (lambda: of(("part", Thawed)), "Thawed must be a dataclass, and frozen"),
        (lambda: of(("a_b", TEXT), ("c", Annotated[str, Length(1, 5), Named("aB")])), "another field is called 'aB'"),
        (lambda: of(("version", TEXT)), "no field can be called 'version'"),
        (lambda: of(("deleted", bool)), "no field can be called 'deleted'"),
        (lambda: of(("account_id", TEXT)), "no field can be called 'accountId'"),
        (lambda: of(("name", TEXT | None)), "name is `X | None`, so it needs `= None`"),
        (lambda: of(("name", TEXT | None, "a")), "name is `X | None`, so it needs `= None`"),
        (lambda: of(("name", Annotated[str, Length(1, 5), NOT_ON_CREATION])), "NOT_ON_CREATION, so it needs a default"),
        (lambda: of(("name", TEXT, "")), "the default of name is no value of its type"),
        (lambda: of(("name", TEXT, 7)), "the default of name is no value of its type"),
        (lambda: of(("name", Annotated[str, Length(1, MAX_VALUE)])), "a representation can have .* smaller Length"),
        (lambda: accounts(of=Thawed), "Thawed must be a dataclass, and frozen"),
        (lambda: accounts(name="Account"), "'Account' must be words of lower-case letters"),
        (lambda: accounts(plural="bank accounts"), "must be words of lower-case letters"),
        (lambda: accounts(name="a" * 31), "must be words of lower-case letters"),
        (lambda: accounts(name="accounts"), "name and plural must differ"),
        (lambda: accounts(apply=max), "annotate apply"),
        (lambda: accounts(created=StatusChanged), "two events have one name"),
        (lambda: accounts(lists=(By(("color",)),)), "there is no field 'color' to list or filter by"),
        (lambda: accounts(lists=(By(("bank",), then="color"),)), "there is no field 'color'"),
        (lambda: accounts(lists=(By(()),)), "a list needs fields to list by"),
        (lambda: accounts(filters=("color",)), "there is no field 'color' to list or filter by"),
        (lambda: accounts(filters=("holder",)), "events are filtered by holder, so it must be IMMUTABLE"),
        (lambda: accounts(filters=("branch",)), "events are filtered by branch, so it must be IMMUTABLE"),
        (lambda: accounts(upcasters={"Renamed": ()}), "an upcaster is for Renamed, which is no event"),
        (lambda: accounts(refusals=(Refusal("a", "A.", "/color"),)), "a points to /color, which is no field"),
        (lambda: accounts(refusals=(Refusal("a", "A.", "/bank/x"),)), "a points to /bank/x"),
    ],
)
def test_a_mistake_is_named(declare: Callable[[], object], says: str) -> None:
    with pytest.raises(InvalidDefinition, match=says):
        declare()


@pytest.mark.parametrize("name", ["limit", "after", "cursor", "at"])
def test_a_parameter_of_every_list_may_be_a_field_and_no_filter(name: str) -> None:
    free = of((name, TEXT))
    with pytest.raises(InvalidDefinition, match=f"nothing can be listed by '{name}'"):
        replace(free, lists=(By((name,)),))


@dataclass(frozen=True)
class Address:
    city: TEXT


@pytest.mark.parametrize("hint", [Annotated[tuple[TEXT, ...], Length(0, 2)], Address, int, bool])
def test_nothing_is_listed_by_what_has_parts(hint: Any) -> None:
    with pytest.raises(InvalidDefinition, match="parts is no text in JSON"):
        replace(of(("parts", hint)), lists=(By(("parts",)),))


def test_a_resource_is_shown_by_its_name() -> None:
    assert repr(CARS) == "<the resource car>"


def test_every_representation_and_every_commit_fit_where_they_are_kept() -> None:
    for resource in (CARS, ACCOUNTS):
        assert largest_value(resource) <= MAX_VALUE
        assert largest_commit(resource) <= MAX_COMMIT


def test_a_commit_of_many_large_items_does_not_fit() -> None:
    items = Annotated[tuple[Annotated[str, Length(1, 40)], ...], Length(0, 100)]

    @dataclass(frozen=True)
    class Renamed:
        name: Annotated[str, Length(1, 400)]

    def apply(value: Any, event: StatusChanged | Renamed) -> Any:
        return value

    apply.__annotations__["event"] = StatusChanged | Renamed
    with pytest.raises(InvalidDefinition, match=r"a commit can have .* give texts and lists a smaller Length"):
        replace(of(("names", items)), apply=apply)


def test_names_follow_from_the_name() -> None:
    carts = accounts(name="shopping-cart", plural="shopping-carts")
    names = (carts.id, carts.kind, carts.version, carts.plural_name, carts.urn, carts.article)
    assert names == (
        "shoppingCartId", "ShoppingCart", "shoppingcartversion", "shoppingCarts", "urn:shopping-carts", "a",
    )  # fmt: skip
    assert ACCOUNTS.article == "an"


def test_the_events_are_those_of_apply_between_the_first_and_the_last() -> None:
    assert list(ACCOUNTS.events) == ["Opened", "StatusChanged", Closed.__name__]
    assert list(ACCOUNTS.event_members["Opened"]) == list(ACCOUNTS.members)
    assert (list(ACCOUNTS.event_members["StatusChanged"]), ACCOUNTS.event_members["Closed"]) == (["status"], {})


def test_an_immutable_field_is_marked() -> None:
    assert [name for name, member in CARS.members.items() if member.immutable] == ["year", "make", "model", "vin"]
    assert IMMUTABLE.name in ACCOUNTS.members["bank"].marks
