"""A small resource to define in other ways: notes, which have something of everything that clients depend on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any

from trigger_pattern import (
    IMMUTABLE,
    NOT_ON_CREATION,
    Between,
    By,
    Context,
    Creation,
    Deletion,
    Doc,
    Length,
    Refusal,
    Refused,
    Resource,
    when_changed,
)
from trigger_pattern.definition.resource import AnyResource


@dataclass(frozen=True)
class Place:
    """A place on a wall."""

    wall: Annotated[str, Length(1, 10)]
    height: Annotated[int, Between(0, 300)] = 150
    nail: Annotated[str, Length(1, 10)] | None = None


@dataclass(frozen=True)
class Note:
    """A note."""

    author: Annotated[str, IMMUTABLE, Length(1, 20), Doc("Who wrote it.")]
    text: Annotated[str, Length(0, 50)]
    priority: Annotated[int, Between(1, 5)] = 3
    pinned: Annotated[bool, NOT_ON_CREATION] = False
    color: Annotated[str, Length(1, 10)] | None = None
    tags: Annotated[tuple[Annotated[str, Length(1, 10)], ...], Length(0, 3)] = ()
    place: Place | None = None


class Written(Creation[Note]):
    """It was written."""


@dataclass(frozen=True)
class ColorChanged:
    """It has another color, or none."""

    color: Annotated[str, Length(1, 10)] | None


@dataclass(frozen=True)
class Rewritten:
    """Anything else changed."""

    text: Annotated[str, Length(0, 50)]
    priority: Annotated[int, Between(1, 5)]
    pinned: bool
    tags: Annotated[tuple[Annotated[str, Length(1, 10)], ...], Length(0, 3)]
    place: Place | None = None


class Torn(Deletion):
    """It was torn up."""


def apply(note: Note, event: ColorChanged | Rewritten) -> Note:
    """Return the note after an event."""
    return replace(note, **vars(event))


def compare(current: Note, proposed: Note) -> Iterator[ColorChanged | Rewritten]:
    """Yield the changes; each is its own trigger."""
    yield from when_changed(current.color, proposed.color, ColorChanged)
    if _rest(current) != _rest(proposed):
        yield _rest(proposed)


def fire(_: Note, trigger: ColorChanged | Rewritten, __: Context) -> ColorChanged | Rewritten | Refused:
    """Let everything happen."""
    return trigger


def _rest(note: Note) -> Rewritten:
    return Rewritten(note.text, note.priority, note.pinned, note.tags, note.place)


NOTHING_TO_TEAR = Refusal("nothing-to-tear", "Write something first.", "/text")

DEFINITION: dict[str, Any] = {
    "name": "note",
    "plural": "notes",
    "of": Note,
    "created": Written,
    "deleted": Torn,
    "compare": compare,
    "fire": fire,
    "apply": apply,
    "refusals": (NOTHING_TO_TEAR,),
    "lists": (By(("author",), then="color"),),
    "filters": ("author",),
}


def notes_with(**changes: Any) -> AnyResource:
    """Define notes in another way."""
    definition: dict[str, Any] = {**DEFINITION, **changes}
    return Resource(**definition)


NOTES: AnyResource = notes_with()
WALL_NOTES: AnyResource = notes_with(name="wall-note", plural="wall-notes")
"""The same under a name of two words."""
EXAMPLE = Note("Ada", "Buy milk", color="blue", tags=("shop", "today"), place=Place("north", 160, "left"))
