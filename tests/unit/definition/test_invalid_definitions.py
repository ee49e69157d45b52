"""A definition that cannot work is refused when it is made, in words that help its author."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

import pytest

from tests.unit.definition import notes
from tests.unit.definition.notes import ColorChanged, Note, notes_with
from trigger_pattern import (
    IMMUTABLE,
    NOT_ON_CREATION,
    Between,
    By,
    Creation,
    Deletion,
    InvalidDefinition,
    Length,
    Named,
    Pattern,
    Places,
    Refusal,
)
from trigger_pattern.definition.representation import read_new

Text = Annotated[str, Length(1, 10)]
ANOTHER = "rename it, or give it another name"


def refusal_of(**changes: Any) -> str:
    with pytest.raises(InvalidDefinition) as invalid:
        notes_with(**changes)
    return str(invalid.value)


def refusal_of_value(cls: type, **changes: Any) -> str:
    """Define a resource with values of a class, of which nothing is said but that there are such."""

    class Began(Creation[Any]):
        """It began."""

    return refusal_of(of=cls, created=Began, lists=(), filters=(), refusals=(), **changes)


def refusal_of_field(hint: Any, default: Any = ..., name: str = "note") -> str:
    namespace = {"__annotations__": {name: hint}, **({} if default is ... else {name: default})}
    return refusal_of_value(dataclass(frozen=True)(type("Value", (), namespace)))


def test_the_definition_that_the_others_are_made_of_is_valid() -> None:
    assert notes_with().id == "noteId"


@pytest.mark.parametrize("name", ["Note", "a note", "note1", "-note", "note-", "no--te", "", "n" * 31, "nöte", "no_te"])
def test_names_are_words_of_lower_case_letters(name: str) -> None:
    assert "must be words of lower-case letters with hyphens" in refusal_of(name=name)
    assert "must be words of lower-case letters with hyphens" in refusal_of(plural=name)


def test_one_and_many_have_different_names() -> None:
    assert refusal_of(plural="note") == "note: name and plural must differ"


@pytest.mark.parametrize("name", ["version", "deleted", "note_id"])
def test_a_field_has_no_name_that_the_tables_have_already(name: str) -> None:
    assert ANOTHER in refusal_of_field(Text, name=name)


def test_a_reserved_name_counts_in_json_too() -> None:
    assert ANOTHER in refusal_of_field(Annotated[Text, Named("version")])


def test_a_reserved_name_in_python_alone_is_free() -> None:
    @dataclass(frozen=True)
    class Value:
        version: Annotated[Text, Named("edition")]

    notes_with(of=Value, lists=(), filters=(), refusals=())


def test_two_fields_have_no_single_name_in_json() -> None:
    @dataclass(frozen=True)
    class Value:
        first_name: Text
        name: Annotated[Text, Named("firstName")]

    assert "another field is called 'firstName' in JSON too" in refusal_of_value(Value)


def test_an_optional_field_has_none_as_its_default() -> None:
    assert "needs `= None`" in refusal_of_field(Text | None)
    assert "needs `= None`" in refusal_of_field(Text | None, "red")


def test_so_has_one_of_a_nested_value() -> None:
    @dataclass(frozen=True)
    class Inner:
        color: Text | None

    assert "color is `X | None`, so it needs `= None`" in refusal_of_field(Inner)
    assert "color is `X | None`, so it needs `= None`" in refusal_of_field(Annotated[tuple[Inner, ...], Length(0, 2)])


@pytest.mark.parametrize(
    ("hint", "default"),
    [
        (Text, 1),
        (Text, ""),
        (Text, " red "),
        (Text, "x" * 11),
        (Text, None),
        (Annotated[int, Between(1, 5)], 6),
        (Annotated[int, Between(1, 5)], "3"),
        (Annotated[int, Between(0, 5)], 0.5),
        (Annotated[tuple[Text, ...], Length(0, 2)], ("",)),
        (bool, 1.5),
    ],
)
def test_a_default_is_a_value_of_its_fields_type(hint: Any, default: Any) -> None:
    assert refusal_of_field(hint, default) == "note: the default of note is no value of its type"


def test_so_is_one_of_a_nested_value() -> None:
    @dataclass(frozen=True)
    class Inner:
        color: Text = ""

    assert "the default of color is no value of its type" in refusal_of_field(Inner)


def test_a_default_is_given_itself() -> None:
    @dataclass(frozen=True)
    class Value:
        tags: Annotated[tuple[Text, ...], Length(0, 2)] = field(default_factory=tuple)

    assert "give the default itself" in refusal_of_value(Value)


def test_what_cannot_be_given_on_creation_has_a_default() -> None:
    assert refusal_of_field(Annotated[Text, NOT_ON_CREATION]) == "note: note is NOT_ON_CREATION, so it needs a default"


@pytest.mark.parametrize("hint", [str, Annotated[str, IMMUTABLE], str | None, tuple[Text, ...], tuple[str, ...]])
def test_a_text_and_a_list_have_a_greatest_length(hint: Any) -> None:
    assert refusal_of_field(hint) == "Value.note: how long can it be? Write Annotated[..., Length(1, 40)]"


@pytest.mark.parametrize("extras", [(Between(0, 1),), (Places(2),)])
def test_a_decimal_has_a_range_and_places(extras: tuple[Any, ...]) -> None:
    hint: Any = Annotated.__class_getitem__((Decimal, *extras))  # type: ignore[attr-defined]
    assert "how large, and how exact?" in refusal_of_field(hint)


@pytest.mark.parametrize(
    "hint", [float, dict[str, str], list[str], bytes, object, Any, set[str], tuple[Text, Text], tuple[Text], None]
)
def test_a_type_that_json_has_no_sure_form_of_cannot_be_stored(hint: Any) -> None:
    assert "cannot be stored. Use str, int, bool" in refusal_of_field(hint)


@pytest.mark.parametrize(
    "members", [{}, {"A": "a", "B": "A"}, {"A": "ä"}, {"A": " a"}, {"A": "a\u00a0"}, {"A": ""}], ids=str
)
def test_an_enumeration_can_be_read_back(members: dict[str, str]) -> None:
    enumeration = StrEnum("Kind", members) if members else StrEnum
    assert "needs members whose values differ" in refusal_of_field(enumeration)


@pytest.mark.parametrize("mark", [IMMUTABLE, NOT_ON_CREATION])
def test_a_part_of_a_value_has_no_marks_of_its_own(mark: Any) -> None:
    @dataclass(frozen=True)
    class Inner:
        color: Annotated[Text, mark] = "red"

    assert "color is of a nested value, so it cannot be" in refusal_of_field(Inner)


@pytest.mark.parametrize("hint", [int | str, int | str | None])
def test_a_union_has_one_type_beside_none(hint: Any) -> None:
    assert "only `X | None` can be told apart in JSON" in refusal_of_field(hint)


@pytest.mark.parametrize(
    "hint",
    [
        Annotated[int, Length(1, 2)],
        Annotated[bool, Between(0, 1)],
        Annotated[Text, Between(0, 1)],
        Annotated[int, Pattern("1", "1")],
        Annotated[Text, "a comment"],
        Annotated[int, Between(0, 1), 1],
    ],
)
def test_what_is_said_of_a_type_fits_it(hint: Any) -> None:
    assert "says nothing about" in refusal_of_field(hint)


def test_a_value_is_a_frozen_dataclass() -> None:
    @dataclass
    class Fluid:
        note: Text

    class Plain:
        note: Text

    for cls in (Fluid, Plain):
        assert "must be a dataclass, and frozen" in refusal_of_value(cls)
    assert "must be a dataclass, and frozen" in refusal_of_field(Fluid)


def test_two_events_have_two_names() -> None:
    other = type("ColorChanged", (ColorChanged,), {"__doc__": "It has another color."})

    def apply(note: Note, event: Any) -> Note:
        return note

    apply.__annotations__ = {"note": Note, "event": ColorChanged | other, "return": Note}
    assert refusal_of(apply=apply) == "note: two events have one name"
    assert refusal_of(deleted=type("Written", (Deletion,), {"__doc__": "x"})) == "note: two events have one name"


@pytest.mark.parametrize("annotations", [{}, {"note": Note}, {"event": ColorChanged, "return": Note}])
def test_apply_says_which_events_there_are(annotations: dict[str, Any]) -> None:
    def apply(note: Any, event: Any) -> Any:
        return note

    apply.__annotations__ = annotations
    assert refusal_of(apply=apply) == "note: annotate apply(value, event): the events are those of its second"


def test_an_event_that_is_no_dataclass_is_refused() -> None:
    def apply(note: Note, event: str) -> Note:
        return note

    assert "str must be a dataclass, and frozen" in refusal_of(apply=apply)


@pytest.mark.parametrize("item", [Annotated[Text, IMMUTABLE], Annotated[Text | None, NOT_ON_CREATION]])
def test_the_items_of_a_list_have_no_mark(item: Any) -> None:
    refused = refusal_of_field(Annotated[tuple[item, ...], Length(0, 2)])
    assert "items come and go, so none is" in refused
    assert refused.endswith("mark the field itself")


def test_fields_with_a_default_may_stand_before_others_if_all_are_named() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Value:
        color: Text = "red"
        note: Text

    notes = notes_with(of=Value, lists=(), filters=(), refusals=())
    assert read_new(notes, {"note": "Buy milk"}) == Value(note="Buy milk")


def test_an_upcaster_is_for_an_event() -> None:
    assert refusal_of(upcasters={"Moved": [dict]}) == "note: an upcaster is for Moved, which is no event"


def test_a_downcaster_has_an_upcaster() -> None:
    downcasters = {"ColorChanged": [dict, dict]}
    assert refusal_of(upcasters={"ColorChanged": [dict]}, downcasters=downcasters) == (
        "note: ColorChanged has more downcasters than upcasters, so there is no schema version to lower it to"
    )
    notes_with(upcasters={"ColorChanged": [dict, dict]}, downcasters=downcasters)


@pytest.mark.parametrize("pointer", ["/title", "/place/door", "/text/0", "/place/wall/paper"])
def test_a_refusal_points_to_a_field(pointer: str) -> None:
    message = refusal_of(refusals=(Refusal("no", "No.", pointer),))
    assert message == f"note: no points to {pointer}, which is no field"


@pytest.mark.parametrize("pointer", ["", "/text", "/place", "/place/wall", "/tags"])
def test_a_refusal_may_point_to_any_field_or_to_none(pointer: str) -> None:
    notes_with(refusals=(Refusal("no", "No.", pointer),))


@pytest.mark.parametrize("by", [By(("title",)), By(("author", "title")), By(("author",), then="title")])
def test_a_list_is_by_fields_that_there_are(by: By) -> None:
    assert "there is no field 'title' to list or filter by; there are author, text" in refusal_of(lists=(by,))


@pytest.mark.parametrize("name", ["tags", "place"])
def test_nothing_is_listed_by_a_field_that_has_parts(name: str) -> None:
    assert f"{name} is no text in JSON" in refusal_of(lists=(By((name,)),))
    assert f"{name} is no text in JSON" in refusal_of(lists=(By(("author",), then=name),))


@pytest.mark.parametrize("name", ["limit", "after", "cursor", "at"])
def test_nothing_is_listed_by_a_parameter_of_every_list(name: str) -> None:
    assert "is a parameter of every list" in refusal_of_listed(name)


def refusal_of_listed(name: str) -> str:
    cls: type = dataclass(frozen=True)(type("Value", (), {"__annotations__": {name: Text}}))
    with pytest.raises(InvalidDefinition) as invalid:
        notes_with(of=cls, filters=(), refusals=(), lists=(By((name,)),))
    return str(invalid.value)


@pytest.mark.parametrize("name", ["limit", "after", "cursor", "at"])
def test_a_field_may_be_called_so(name: str) -> None:
    cls: type = dataclass(frozen=True)(type("Value", (), {"__annotations__": {name: Text}}))
    notes_with(of=cls, filters=(), refusals=(), lists=())


def test_no_list_is_there_twice() -> None:
    assert (
        refusal_of(lists=(By(("author",)), By(("author",)))) == "note: two lists are the same, or have the same index"
    )
    two = (By(("author",), index="one"), By(("color",), index="one"))
    assert refusal_of(lists=two) == "note: two lists are the same, or have the same index"


def test_no_resource_hides_the_docs() -> None:
    assert refusal_of(plural="docs") == "note: the plural cannot be 'docs', which is a path of the API's own"


def test_a_list_is_by_something() -> None:
    assert refusal_of(lists=(By(()),)) == "note: a list needs fields to list by"


def test_events_are_filtered_by_what_never_changes() -> None:
    assert "must be IMMUTABLE and not optional" in refusal_of(filters=("color",))


def test_nothing_is_listed_or_filtered_by_what_can_be_empty_or_long() -> None:
    assert "text can be empty or have more than 250 bytes" in refusal_of(filters=("text",))
    assert "text can be empty or have more than 250 bytes" in refusal_of(lists=(By(("text",)),))


def test_events_are_filtered_by_a_field_that_there_is_and_has_no_parts() -> None:
    assert "there is no field 'title'" in refusal_of(filters=("title",))
    assert "tags is no text in JSON" in refusal_of(filters=("tags",))


def test_a_representation_fits_a_message() -> None:
    message = refusal_of_field(Annotated[str, Length(0, 5_000)])
    assert "more than 20000: give a smaller Length" in message
    assert "more than 20000" in refusal_of_field(Annotated[tuple[Text, ...], Length(0, 1_000)])


def test_a_commit_fits_a_notification() -> None:
    @dataclass(frozen=True)
    class Tagged:
        """A tag was given."""

        tag: Annotated[str, Length(1, 1_000)]

    @dataclass(frozen=True)
    class Value:
        tags: Annotated[tuple[Text, ...], Length(0, 200)] = ()

    def apply(value: Any, event: Any) -> Any:
        return value

    apply.__annotations__ = {"value": Value, "event": Tagged, "return": Value}
    assert "a commit can have" in refusal_of_value(Value, apply=apply)


def test_the_resource_is_named_in_the_message() -> None:
    assert refusal_of(name="wall-note", lists=(By(()),)).startswith("wall-note: ")


def test_a_change_to_a_resource_is_checked_again() -> None:
    with pytest.raises(InvalidDefinition):
        replace(notes.NOTES, filters=("title",))
