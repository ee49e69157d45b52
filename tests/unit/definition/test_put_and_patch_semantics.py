"""What clients depend on: what is left out, null, merged and replaced."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any

import pytest

from tests.support.notes import EXAMPLE, NOTES, ColorChanged, Note, Place, Rewritten, Written, notes_with
from trigger_pattern import Creation, Doc, Length, Refusal, Refused
from trigger_pattern.definition.compiling import members_of
from trigger_pattern.definition.representation import (
    faults_between,
    patched,
    read_changes,
    read_new,
    read_stored,
    read_whole,
    represent,
)
from trigger_pattern.definition.schemas import body_schema
from trigger_pattern_testing import Requests
from trigger_pattern_testing import given as given_of

_requests = Requests(NOTES, EXAMPLE)
post, put, patch = _requests.post, _requests.put, _requests.patch
LEAST: dict[str, Any] = {"author": "Ada", "text": "Buy milk"}
WHOLE: dict[str, Any] = {**LEAST, "priority": 3, "pinned": False, "tags": []}


def written(**changes: Any) -> Written:
    return Written(replace(EXAMPLE, **changes))


def given(*events: object) -> Any:
    return given_of(NOTES, *events)


def rewritten(**changes: Any) -> Rewritten:
    note = replace(EXAMPLE, **changes)
    return Rewritten(note.text, note.priority, note.pinned, note.tags, note.place)


def faults(read: Any) -> list[tuple[str, str]]:
    assert isinstance(read, Refused), read
    return [(reason.code, reason.pointer) for reason in read.reasons]


def test_defaults_count_on_creation() -> None:
    assert read_new(NOTES, LEAST) == Note("Ada", "Buy milk", priority=3, pinned=False, color=None, tags=(), place=None)


def test_defaults_count_for_what_was_stored_before_there_was_the_field() -> None:
    assert read_stored(NOTES, LEAST) == read_new(NOTES, LEAST)


def test_what_cannot_be_given_on_creation_is_refused_even_with_its_default() -> None:
    assert faults(read_new(NOTES, {**LEAST, "pinned": False})) == [("not-on-creation", "/pinned")]
    assert faults(read_new(NOTES, {**LEAST, "pinned": 1})) == [
        ("invalid-value", "/pinned"),
        ("not-on-creation", "/pinned"),
    ]


def test_every_field_without_a_default_is_required_on_creation() -> None:
    assert faults(read_new(NOTES, {})) == [("missing-value", "/author"), ("missing-value", "/text")]


@pytest.mark.parametrize("field", ["author", "text", "priority", "pinned", "tags"])
def test_a_put_names_every_field_that_is_not_optional(field: str) -> None:
    fields = {name: value for name, value in WHOLE.items() if name != field}
    assert faults(read_whole(NOTES, fields)) == [("missing-value", f"/{field}")]


def test_a_put_names_the_fields_of_nested_values_too() -> None:
    assert faults(read_whole(NOTES, {**WHOLE, "place": {"wall": "north"}})) == [("missing-value", "/place/height")]
    assert read_new(NOTES, {**LEAST, "place": {"wall": "north"}}) == replace(
        Note("Ada", "Buy milk"), place=Place("north", 150)
    )


def test_a_put_may_leave_out_what_is_optional() -> None:
    assert read_whole(NOTES, WHOLE) == Note("Ada", "Buy milk")


def test_a_put_clears_an_optional_field_that_it_leaves_out() -> None:
    given(written()).when(put(color=None)).then(ColorChanged(None))
    given(written()).when(put(place=None)).then(rewritten(place=None))


def test_null_in_a_put_is_the_same_as_nothing() -> None:
    assert read_whole(NOTES, {**WHOLE, "color": None, "place": None}) == read_whole(NOTES, WHOLE)
    assert read_new(NOTES, {**LEAST, "color": None, "place": None}) == read_new(NOTES, LEAST)


@pytest.mark.parametrize("field", ["author", "text", "priority", "pinned", "tags"])
def test_null_is_no_value_of_a_field_that_is_not_optional(field: str) -> None:
    assert faults(read_whole(NOTES, {**WHOLE, field: None})) == [("invalid-value", f"/{field}")]
    assert faults(read_stored(NOTES, {**WHOLE, field: None})) == [("invalid-value", f"/{field}")]


def test_an_empty_text_and_an_empty_list_are_values() -> None:
    given(written()).when(put(text="")).then(rewritten(text=""))
    given(written()).when(put(tags=[])).then(rewritten(tags=()))


@pytest.mark.parametrize("field", ["text", "priority", "pinned", "tags"])
def test_null_in_a_patch_is_invalid_for_a_field_that_is_not_optional(field: str) -> None:
    given(written()).when(patch(**{field: None})).refuses("invalid-value")
    given(written()).when(patch(**{field: None})).refuses_fields(f"/{field}")


def test_null_in_a_patch_clears_an_optional_field() -> None:
    given(written()).when(patch(color=None)).then(ColorChanged(None))
    given(written()).when(patch(place=None)).then(rewritten(place=None))
    given(written(color=None)).when(patch(color=None)).nothing_happens()


def test_what_a_patch_leaves_out_stays() -> None:
    given(written()).when(patch(text="Buy tea")).then(rewritten(text="Buy tea"))
    given(written()).when(patch()).nothing_happens()


def test_a_patch_merges_nested_values() -> None:
    given(written()).when(patch(place={"height": 10})).then(rewritten(place=Place("north", 10, "left")))


def test_a_patch_clears_an_optional_field_of_a_nested_value() -> None:
    given(written()).when(patch(place={"nail": None})).then(rewritten(place=Place("north", 160)))
    given(written()).when(patch(place={"wall": None})).refuses_fields("/place/wall")


def test_a_patch_of_a_nested_value_that_is_absent_makes_one() -> None:
    given(written(place=None)).when(patch(place={"wall": "south"})).then(rewritten(place=Place("south", 150)))
    given(written(place=None)).when(patch(place={"height": 10})).refuses("missing-value")
    given(written(place=None)).when(patch(place={"height": 10})).refuses_fields("/place/wall")


@pytest.mark.parametrize("place", ["north", [], 1, True])
def test_a_patch_of_a_nested_value_is_an_object(place: Any) -> None:
    given(written()).when(patch(place=place)).refuses_fields("/place")


def test_a_patch_replaces_lists() -> None:
    given(written()).when(patch(tags=["home"])).then(rewritten(tags=("home",)))
    given(written()).when(patch(tags=[])).then(rewritten(tags=()))


def test_a_patch_cannot_change_an_immutable_field_nor_confirm_it() -> None:
    given(written()).when(patch(author="Bob")).refuses("immutable-field")
    given(written()).when(patch(author="Ada")).refuses("immutable-field")
    given(written()).when(patch(author=None)).refuses("immutable-field")


def test_a_put_confirms_immutable_fields() -> None:
    given(written()).when(put(author="Bob")).refuses("immutable-field")
    given(written()).when(put(author=" Ada ")).nothing_happens()


def test_every_fault_of_a_patch_is_named_at_once() -> None:
    given(written()).when(patch(plate=1, priority=9, place={"depth": 1, "height": -1}, author="Bob")).refuses_fields(
        "/plate", "/priority", "/place/depth", "/place/height", "/author"
    )


def test_every_fault_of_a_put_is_named_at_once() -> None:
    given(written()).when(put(plate=1, text=None, priority=9, tags=["", "x"])).refuses_fields(
        "/plate", "/text", "/priority", "/tags/0"
    )


def test_what_is_absent_is_left_out_of_answers() -> None:
    assert represent(NOTES, Note("Ada", "Buy milk")) == WHOLE
    assert represent(NOTES, replace(EXAMPLE, place=Place("north")))["place"] == {"wall": "north", "height": 150}


def test_spelling_is_no_difference() -> None:
    given(written()).when(put(text=" Buy milk\n", tags=["shop ", "\ttoday"])).nothing_happens()


def test_a_post_names_no_field_that_it_cannot_give_a_put_all_and_a_patch_none_that_is_immutable() -> None:
    fields = {method: set(body_schema(NOTES, method)["properties"]) for method in ("POST", "PUT", "PATCH")}
    everything = {"author", "text", "priority", "pinned", "color", "tags", "place"}
    assert fields == {"POST": everything - {"pinned"}, "PUT": everything, "PATCH": everything - {"author"}}


def test_a_schema_requires_what_a_request_must_name() -> None:
    required = {method: body_schema(NOTES, method)["required"] for method in ("POST", "PUT", "PATCH")}
    assert required == {
        "POST": ["author", "text"],
        "PUT": ["author", "text", "priority", "pinned", "tags"],
        "PATCH": [],
    }


def test_an_optional_field_is_described_by_what_its_type_says() -> None:
    @dataclass(frozen=True)
    class Value:
        nickname: Annotated[str, Length(1, 5), Doc("What friends say")] | None = None

    assert members_of(Value)["nickname"].doc == "What friends say"


# Rules between fields.


@dataclass(frozen=True)
class Signed(Note):
    def __post_init__(self) -> None:
        if self.author == self.color:
            raise ValueError("another color")


class SignedWritten(Creation[Signed]):
    """It was written."""


def check(note: Note) -> Iterator[Refusal]:
    if note.pinned and len(note.tags) > 1:
        yield Refusal("too-many", "One tag at most.", "/tags")


SIGNED = notes_with(of=Signed, created=SignedWritten, check=check)


def patch_of(changes: dict[str, Any], **current: Any) -> object:
    read = read_changes(SIGNED, changes)
    assert not isinstance(read, Refused)
    return patched(SIGNED, Signed("Ada", "Buy milk", **current), read)


def test_what_only_the_whole_value_shows_is_found_when_a_patch_is_applied() -> None:
    assert faults(patch_of({"color": "Ada"})) == [("invalid-value", "")]
    assert faults(patch_of({"tags": ["a", "b"]}, pinned=True)) == [("too-many", "/tags")]


def test_faults_between_fields_are_found_beside_those_of_other_fields() -> None:
    both = {**WHOLE, "pinned": True, "tags": ["a", "b"], "color": 7}
    assert faults(read_whole(SIGNED, both)) == [("invalid-value", "/color"), ("too-many", "/tags")]


def test_nothing_is_said_about_fields_that_could_not_be_read() -> None:
    assert faults(read_whole(SIGNED, {**WHOLE, "pinned": True, "tags": ["a", 7]})) == [("invalid-value", "/tags/1")]
    assert list(faults_between(SIGNED, {"pinned": True})) == []
    assert [reason.code for reason in faults_between(SIGNED, {"pinned": True, "tags": ("a", "b")})] == ["too-many"]


# Long and odd faults.


def test_a_thousand_faults_are_not_all_reported() -> None:
    assert len(faults(read_whole(NOTES, {**WHOLE, **{f"field{number}": 1 for number in range(1000)}}))) == 20


def test_the_name_of_an_unknown_field_is_escaped_and_cut() -> None:
    assert faults(read_new(NOTES, {**LEAST, "a/b~c" + "x" * 100: 1})) == [("unknown-field", "/a~1b~0c" + "x" * 35)]
