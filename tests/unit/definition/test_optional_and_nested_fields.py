"""What POST, PUT and PATCH make of fields that may be absent, have a default, or have parts."""

from dataclasses import dataclass, replace
from typing import Annotated, Any, cast

import pytest

from tests.support.accounts import ACCOUNTS
from trigger_pattern import IMMUTABLE, NOT_ON_CREATION, Length, Refusal
from trigger_pattern.definition.representation import (
    faults_between,
    patched,
    read_changes,
    read_new,
    read_stored,
    read_whole,
    represent,
)
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Refused

TEXT = Annotated[str, Length(1, 9)]


@dataclass(frozen=True)
class Address:
    street: TEXT
    floor: TEXT | None = None


@dataclass(frozen=True)
class Parcel:
    sender: Annotated[TEXT, IMMUTABLE]
    to: Address
    tags: Annotated[tuple[TEXT, ...], Length(0, 3)] = ()
    express: bool = False
    note: TEXT | None = None
    signed_by: Annotated[TEXT | None, NOT_ON_CREATION] = None

    def __post_init__(self) -> None:
        if self.sender == self.to.street:
            raise ValueError("a way to go")


def check(parcel: Parcel) -> list[Refusal]:
    too_many = parcel.express and len(parcel.tags) > 1
    return [Refusal("too-many", "One tag at most.", "/tags")] if too_many else []


PARCELS = replace(cast("AnyResource", ACCOUNTS), name="parcel", plural="parcels", of=Parcel, lists=(), check=check)
WHOLE: dict[str, Any] = {"sender": "Ann", "to": {"street": "Elm"}, "tags": [], "express": False}
PARCEL = Parcel("Ann", Address("Elm"))


def faults(read: object) -> list[tuple[str, str]]:
    assert isinstance(read, Refused)
    return [(reason.code, reason.pointer) for reason in read.reasons]


def patch(current: Parcel, changes: dict[str, Any]) -> object:
    read = read_changes(PARCELS, changes)
    assert not isinstance(read, Refused)
    return patched(PARCELS, current, read)


def test_what_a_creation_leaves_out_has_its_default() -> None:
    assert read_new(PARCELS, {"sender": "Ann", "to": {"street": "Elm"}}) == PARCEL
    assert faults(read_new(PARCELS, {})) == [("missing-value", "/sender"), ("missing-value", "/to")]


def test_what_comes_later_is_no_part_of_a_creation() -> None:
    assert faults(read_new(PARCELS, {**WHOLE, "signedBy": "Bob"})) == [("not-on-creation", "/signedBy")]
    assert read_whole(PARCELS, {**WHOLE, "signedBy": "Bob"}) == replace(PARCEL, signed_by="Bob")


def test_a_replacement_names_every_field_that_has_a_value() -> None:
    assert read_whole(PARCELS, WHOLE) == PARCEL
    missing = faults(read_whole(PARCELS, {"sender": "Ann", "to": {"street": "Elm"}}))
    assert missing == [("missing-value", "/tags"), ("missing-value", "/express")]


@pytest.mark.parametrize("without", [{}, {"note": None}])
def test_a_replacement_clears_an_optional_field_by_leaving_it_out_or_by_null(without: dict[str, None]) -> None:
    read = read_whole(PARCELS, {**WHOLE, **without})
    assert read == PARCEL
    assert represent(PARCELS, read) == WHOLE


def test_what_was_stored_before_a_field_was_added_has_the_fields_default() -> None:
    assert read_stored(PARCELS, {"sender": "Ann", "to": {"street": "Elm"}}) == PARCEL


@pytest.mark.parametrize(
    ("changes", "changed"),
    [
        ({}, {}),
        ({"note": " hi "}, {"note": "hi"}),
        ({"note": None}, {"note": None}),
        ({"express": True}, {"express": True}),
        ({"tags": ["b"]}, {"tags": ("b",)}),
        ({"to": {"floor": "2"}}, {"to": Address("Elm", "2")}),
        ({"to": {"street": "Oak", "floor": None}}, {"to": Address("Oak")}),
        ({"signedBy": "Bob"}, {"signed_by": "Bob"}),
    ],
)
def test_a_patch_merges_objects_and_replaces_lists(changes: dict[str, Any], changed: dict[str, Any]) -> None:
    """RFC 7396."""
    current = replace(PARCEL, note="hello", tags=("a",))
    assert patch(current, changes) == replace(current, **changed)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"sender": "Bob"}, [("immutable-field", "/sender")]),
        ({"to": None}, [("invalid-value", "/to")]),
        ({"to": {"street": None}}, [("invalid-value", "/to/street")]),
        ({"to": {"flor": "2"}}, [("unknown-field", "/to/flor")]),
        ({"express": None, "weight": 5}, [("unknown-field", "/weight"), ("invalid-value", "/express")]),
        ({"tags": ["", "a", None]}, [("invalid-value", "/tags/0"), ("invalid-value", "/tags/2")]),
    ],
)
def test_what_no_patch_can_do_is_known_without_the_current_value(
    changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert faults(read_changes(PARCELS, changes)) == expected


def test_what_only_the_whole_value_shows_is_found_when_a_patch_is_applied() -> None:
    assert faults(patch(PARCEL, {"to": {"street": "Ann"}})) == [("invalid-value", "")]
    assert faults(patch(replace(PARCEL, express=True), {"tags": ["a", "b"]})) == [("too-many", "/tags")]


def test_faults_between_fields_are_found_beside_those_of_other_fields() -> None:
    both = {**WHOLE, "express": True, "tags": ["a", "b"], "note": 7}
    assert faults(read_whole(PARCELS, both)) == [("invalid-value", "/note"), ("too-many", "/tags")]


def test_nothing_is_said_about_fields_that_could_not_be_read() -> None:
    assert faults(read_whole(PARCELS, {**WHOLE, "express": True, "tags": ["a", 7]})) == [("invalid-value", "/tags/1")]
    assert list(faults_between(PARCELS, {"express": True})) == []
    assert [reason.code for reason in faults_between(PARCELS, {"express": True, "tags": ("a", "b")})] == ["too-many"]
