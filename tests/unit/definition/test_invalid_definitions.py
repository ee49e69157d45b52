"""A definition that cannot work is refused when it is made, in words that help its author."""

from dataclasses import dataclass, field, make_dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import pytest

from tests.support.notes import NOTES, ColorChanged, Note, notes_with
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
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.sizes import MAX_VALUE

Text = Annotated[str, Length(1, 10)]
AMOUNT = Annotated[Decimal, Between(0, 1000), Places(2)]
WORDS = "must be words of lower-case letters with hyphens"
NO_VALUE = "note: the default of note is no value of its type"
NO_FORM = "cannot be stored. Use str, int, bool"
HOW_LONG = "Value.note: how long can it be? Write Annotated[..., Length(1, 40)]"
HOW_LARGE = "Value.note: how large, and how exact?"
NEEDS_NONE = "is `X | None`, so it needs `= None`"
RESERVED = "rename it, or give it another name"
NOTHING_TO_LOWER = "ColorChanged has more downcasters than upcasters, so there is no schema version to lower it to"
MARK_THE_LIST = "items come and go, so none is"
HALF: Any = 0.5
NOT_FROZEN = "must be a dataclass, and frozen"


def with_value(cls: type, **changes: Any) -> AnyResource:
    """Define a resource with values of a class, of which nothing is said but that there are such."""

    class Began(Creation[Any]):
        """It began."""

    return notes_with(**{"of": cls, "created": Began, "lists": (), "filters": (), "refusals": (), **changes})


def with_field(hint: Any, default: Any = ..., name: str = "note", **changes: Any) -> AnyResource:
    declared = (name, hint) if default is ... else (name, hint, default)
    return with_value(make_dataclass("Value", [declared], frozen=True), **changes)


def taking(*events: type) -> Any:
    """Return an `apply` that takes these events."""

    def apply(value: Any, event: Any) -> Any:
        return value

    union: Any = events[0]
    for event in events[1:]:
        union |= event
    apply.__annotations__ = {"value": Any, "event": union, "return": Any}
    return apply


@dataclass(frozen=True)
class Undefaulted:
    color: Text | None


@dataclass(frozen=True)
class WronglyDefaulted:
    color: Text = ""


@dataclass(frozen=True)
class Immutable:
    color: Annotated[Text, IMMUTABLE] = "red"


@dataclass(frozen=True)
class Later:
    color: Annotated[Text, NOT_ON_CREATION] = "red"


@dataclass
class Fluid:
    note: Text


class Plain:
    note: Text


@dataclass(frozen=True)
class MadeByAFactory:
    tags: Annotated[tuple[Text, ...], Length(0, 2)] = field(default_factory=tuple)


@dataclass(frozen=True)
class OneNameTwice:
    first_name: Text
    name: Annotated[Text, Named("firstName")]


@dataclass(frozen=True)
class Address:
    city: Text


@pytest.mark.parametrize(
    ("hint", "default", "says"),
    [
        (Text | None, ..., NEEDS_NONE),
        (Text | None, "red", NEEDS_NONE),
        (Undefaulted, ..., f"color {NEEDS_NONE}"),
        (Annotated[tuple[Undefaulted, ...], Length(0, 2)], ..., f"color {NEEDS_NONE}"),
        (Text, 1, NO_VALUE),
        (Text, "", NO_VALUE),
        (Text, " red ", NO_VALUE),
        (Text, "x" * 11, NO_VALUE),
        (Text, None, NO_VALUE),
        (Annotated[int, Between(1, 5)], 6, NO_VALUE),
        (Annotated[int, Between(1, 5)], "3", NO_VALUE),
        (Annotated[int, Between(0, 5)], 0.5, NO_VALUE),
        (Annotated[tuple[Text, ...], Length(0, 2)], ("",), NO_VALUE),
        (bool, 1.5, NO_VALUE),
        (Annotated[tuple[Annotated[Text, IMMUTABLE], ...], Length(0, 2)], ..., MARK_THE_LIST),
        (Annotated[tuple[Annotated[Text | None, NOT_ON_CREATION], ...], Length(0, 2)], ..., MARK_THE_LIST),
        (WronglyDefaulted, ..., "the default of color is no value of its type"),
        (Annotated[Text, NOT_ON_CREATION], ..., "note: note is NOT_ON_CREATION, so it needs a default"),
        *((hint, ..., HOW_LONG) for hint in (str, Annotated[str, IMMUTABLE], str | None, tuple[Text, ...])),
        *(
            (hint, ..., HOW_LARGE)
            for hint in (Decimal, Annotated[Decimal, Between(0, 1)], Annotated[Decimal, Places(2)])
        ),
        *(
            (hint, ..., NO_FORM)
            for hint in (float, dict[str, str], list[str], bytes, object, Any, set[str], tuple[Text, Text], tuple[Text])
        ),
        *(
            (StrEnum("Kind", members), ..., "needs members whose values differ")
            for members in ({"A": "a", "B": "A"}, {"A": "ä"}, {"A": " a"}, {"A": "a\u00a0"}, {"A": ""})
        ),
        (StrEnum, ..., "needs members whose values differ"),
        (Immutable, ..., "color is of a nested value, so it cannot be"),
        (Later, ..., "color is of a nested value, so it cannot be"),
        (int | str, ..., "only `X | None` can be told apart in JSON"),
        (int | str | None, ..., "only `X | None` can be told apart in JSON"),
        (
            Annotated[int, Between(0, Decimal(77))],
            ...,
            "the bound Decimal('77') must be a whole number. Write Between(",
        ),
        *(
            (Annotated[int, between], ..., "Value.note: the bound 0.5 must be a whole number. Write Between(0, 1000)")
            for between in (Between(HALF, 1), Between(0, HALF), Between(0, 1, accepts=(0, HALF)))
        ),
        *(
            (Annotated[Decimal, Between(0, bound), Places(2)], ..., "a Decimal made of a text of at most 2 places. Wri")
            for bound in (HALF, Decimal("0.001"), Decimal("NaN"), Decimal("Infinity"))
        ),
        (Annotated[int, Length(1, 2)], ..., "says nothing about"),
        (Annotated[bool, Between(0, 1)], ..., "says nothing about"),
        (Annotated[Text, Between(0, 1)], ..., "says nothing about"),
        (Annotated[int, Pattern("1", "1")], ..., "says nothing about"),
        (Annotated[Text, Places(2)], ..., "Value.note: Places(most=2) says nothing about"),
        (Annotated[Text, "a comment"], ..., "says nothing about"),
        (Annotated[int, Between(0, 1), 1], ..., "says nothing about"),
        (Fluid, ..., NOT_FROZEN),
        (Annotated[Text, Named("version")], ..., RESERVED),
        (Annotated[str, Length(0, MAX_VALUE)], ..., "more than 20000: give a smaller Length"),
        (Annotated[tuple[Text, ...], Length(0, 1_000)], ..., "more than 20000"),
    ],
)
def test_a_field_that_cannot_be_is_refused(hint: Any, default: Any, says: str) -> None:
    with pytest.raises(InvalidDefinition) as invalid:
        with_field(hint, default)
    assert says in str(invalid.value)


@pytest.mark.parametrize("name", ["version", "deleted", "note_id"])
def test_a_field_has_no_name_that_the_tables_have_already(name: str) -> None:
    with pytest.raises(InvalidDefinition, match=RESERVED):
        with_field(Text, name=name)


def test_a_reserved_name_in_python_alone_is_free() -> None:
    assert list(with_field(Annotated[Text, Named("edition")], name="version").members) == ["edition"]


@pytest.mark.parametrize(
    ("cls", "says"),
    [
        (Fluid, NOT_FROZEN),
        (Plain, NOT_FROZEN),
        (MadeByAFactory, "give the default itself"),
        (OneNameTwice, "another field is called 'firstName' in JSON too"),
    ],
)
def test_a_value_that_cannot_be_is_refused(cls: type, says: str) -> None:
    with pytest.raises(InvalidDefinition, match=says):
        with_value(cls)


@pytest.mark.parametrize("name", ["Note", "a note", "note1", "-note", "note-", "no--te", "", "n" * 31, "nöte", "no_te"])
@pytest.mark.parametrize("which", ["name", "plural"])
def test_names_are_words_of_lower_case_letters(which: str, name: str) -> None:
    with pytest.raises(InvalidDefinition, match=WORDS):
        notes_with(**{which: name})


REPAINTED = type("ColorChanged", (ColorChanged,), {"__doc__": "It has another color."})
WRITTEN = type("Written", (Deletion,), {"__doc__": "x"})


def unannotated(note: Any, event: Any) -> Any:
    return note


def without_event(note: Any, event: Any) -> Any:
    return note


unannotated.__annotations__ = {}
without_event.__annotations__ = {"event": ColorChanged, "return": Note}
APPLY_SAYS = "note: annotate apply(value, event): the events are those of its second"
NO_TEXT = "is no text in JSON"
NO_FIELD = "there is no field 'title' to list or filter by; there are author, text"
SAME_LISTS = "note: two lists are the same, or have the same index"
UNFIT = "text can be empty, so nothing can be listed or filtered by it: write at most Length(1, 62)"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"plural": "note"}, "note: name and plural must differ"),
        ({"plural": "docs"}, "note: the plural cannot be 'docs', which is a path of the API's own"),
        ({"plural": "schemas"}, "note: the plural cannot be 'schemas', which is a path of the API's own"),
        ({"authority": "example.com"}, "note: the authority 'example.com' must be a domain and a date"),
        ({"authority": "Example.com,2026"}, "must be a domain and a date, such as example.com,2026"),
        ({"authority": "localhost,2026"}, "must be a domain and a date"),
        ({"apply": taking(ColorChanged, REPAINTED)}, "note: two events have one name"),
        ({"deleted": WRITTEN}, "note: two events have one name"),
        ({"apply": unannotated}, APPLY_SAYS),
        ({"apply": without_event}, APPLY_SAYS),
        ({"apply": max}, "annotate apply"),
        ({"apply": taking(str)}, f"str {NOT_FROZEN}"),
        ({"upcasters": {"Moved": [dict]}}, "note: an upcaster is for Moved, which is no event"),
        ({"upcasters": {"ColorChanged": [dict]}, "downcasters": {"ColorChanged": [dict, dict]}}, NOTHING_TO_LOWER),
        *(
            ({"refusals": (Refusal("no", "No.", pointer),)}, f"note: no points to {pointer}, which is no field")
            for pointer in ("/title", "/place/door", "/text/0", "/place/wall/paper")
        ),
        *(
            ({"lists": (by,)}, NO_FIELD)
            for by in (By(("title",)), By(("author", "title")), By(("author",), then="title"))
        ),
        *(
            ({"lists": (By((name,)),)}, f"{name} is no text in JSON")
            for name in ("tags", "place", "priority", "pinned")
        ),
        *(({"lists": (By(("author",), then=name),)}, f"{name} is no text in JSON") for name in ("tags", "place")),
        ({"lists": (By(("author",)), By(("author",)))}, SAME_LISTS),
        ({"lists": (By(("author",), index="one"), By(("color",), index="one"))}, SAME_LISTS),
        ({"lists": (By(()),)}, "note: a list needs fields to list by"),
        ({"name": "wall-note", "lists": (By(()),)}, "wall-note: "),
        ({"filters": ("color",)}, "must be IMMUTABLE and not optional"),
        ({"filters": ("text",)}, UNFIT),
        ({"lists": (By(("text",)),)}, UNFIT),
        ({"filters": ("title",)}, "there is no field 'title'"),
        ({"filters": ("tags",)}, f"tags {NO_TEXT}"),
    ],
)
def test_a_resource_that_cannot_be_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidDefinition) as invalid:
        notes_with(**changes)
    assert says in str(invalid.value)


@pytest.mark.parametrize("code", ["too late", "Too-late", "too_late", "-late", "late-", "", "9-lives", "zu-spät"])
def test_the_code_of_a_refusal_is_in_kebab_case(code: str) -> None:
    with pytest.raises(InvalidDefinition, match=r"must be in kebab-case, such as limit-exceeded"):
        notes_with(refusals=(Refusal(code, "No."),))


def test_a_list_key_that_can_be_too_long_is_refused() -> None:
    with pytest.raises(
        InvalidDefinition, match=r"note can have more than 250 bytes, .*: write at most Length\(1, 62\)"
    ):
        with_field(Annotated[str, Length(1, 63)], lists=(By(("note",)),))


def test_a_list_key_may_be_as_long_as_a_refused_one_is_told() -> None:
    assert with_field(Annotated[str, Length(1, 62)], lists=(By(("note",)),)).lists
    assert with_field(Annotated[str, Pattern("x+", "x"), Length(1, 248)], lists=(By(("note",)),)).lists


@pytest.mark.parametrize(("hint", "default"), [(AMOUNT, ...), (AMOUNT | None, None)])
def test_no_list_is_in_the_order_of_a_decimal_because_it_sorts_as_text(hint: Any, default: Any) -> None:
    assert with_field(hint, default, lists=(By(("note",)),)).lists
    with pytest.raises(InvalidDefinition, match=r"note is a Decimal, which sorts as text, 100\.00 before 20\.00"):
        with_field(hint, default, lists=(By(("note",), then="note"),))


@pytest.mark.parametrize(
    ("hint", "earlier", "later"),
    [
        (date, date(999, 12, 31), date(2026, 1, 1)),
        (time, time(9, 30), time(10)),
        (datetime, datetime(999, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, 9, tzinfo=UTC)),
        (datetime, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, 0, 0, 0, 1000, tzinfo=UTC)),
        (UUID, UUID(int=9), UUID(int=10)),
    ],
)
def test_what_a_list_may_be_in_the_order_of_sorts_as_text_too(hint: Any, earlier: Any, later: Any) -> None:
    notes = with_field(hint, lists=(By(("note",), then="note"),))
    assert notes.members["note"].codec.write(earlier) < notes.members["note"].codec.write(later)


@pytest.mark.parametrize("pointer", ["", "/text", "/place", "/place/wall", "/tags"])
def test_a_refusal_may_point_to_any_field_or_to_none(pointer: str) -> None:
    notes_with(refusals=(Refusal("no", "No.", pointer),))


@pytest.mark.parametrize("name", ["limit", "after", "cursor", "at"])
def test_a_parameter_of_every_list_may_be_a_field_and_no_filter(name: str) -> None:
    with_field(Text, name=name)
    with pytest.raises(InvalidDefinition, match="is a parameter of every list"):
        with_field(Text, name=name, lists=(By((name,)),))


@pytest.mark.parametrize(("hint", "default"), [(Text, "red"), (Annotated[Text | None, IMMUTABLE], None)])
def test_events_are_filtered_by_what_never_changes_and_is_always_there(hint: Any, default: Any) -> None:
    with pytest.raises(InvalidDefinition, match="must be IMMUTABLE and not optional"):
        with_field(hint, default, filters=("note",))


def test_a_commit_fits_a_notification() -> None:
    @dataclass(frozen=True)
    class Tagged:
        """A tag was given."""

        tag: Annotated[str, Length(1, 1_000)]

    with pytest.raises(InvalidDefinition, match=r"a commit can have .* give texts and lists a smaller Length"):
        with_field(Annotated[tuple[Text, ...], Length(0, 200)], (), apply=taking(Tagged))


def test_a_change_to_a_resource_is_checked_again() -> None:
    with pytest.raises(InvalidDefinition):
        replace(NOTES, filters=("title",))


def test_fields_with_a_default_may_stand_before_others_if_all_are_named() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Value:
        color: Text = "red"
        note: Text

    notes = notes_with(of=Value, lists=(), filters=(), refusals=())
    assert read_new(notes, {"note": "Buy milk"}) == Value(note="Buy milk")


def test_an_event_may_be_written_in_each_of_its_older_versions() -> None:
    casters = {"ColorChanged": [dict, dict]}
    assert notes_with(upcasters=casters, downcasters=casters).downcasters == casters
