"""Events and states as they are stored: what is absent, what is newer, and what is corrupt."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.notes import (
    EXAMPLE,
    NOTES,
    ColorChanged,
    Note,
    Place,
    Rewritten,
    Torn,
    Written,
    apply,
    notes_with,
)
from trigger_pattern.application.commits import DecodedCommit
from trigger_pattern.aws.dynamodb.attributes import write_item
from trigger_pattern.aws.dynamodb.commit_item import read_commit, write_commit
from trigger_pattern.definition.life import Gone, NotCreated, root_of
from trigger_pattern.definition.schemas import event_schema
from trigger_pattern.definition.stored import (
    CorruptEvent,
    StoredEvent,
    UnknownEvent,
    lift_event,
    read_event,
    read_state,
    schema_version,
    write_event,
    write_state,
)
from trigger_pattern.kernel import Commit, Position
from trigger_pattern_testing import ID, NOW

LEAST: dict[str, Any] = {"author": "Ada", "text": "Buy milk"}


def stored(name: str, version: int = 1, **data: Any) -> StoredEvent:
    return {"type": name, "schemaVersion": version, "data": data}


def test_clearing_a_field_is_published_as_null() -> None:
    assert write_event(NOTES, ColorChanged(None)) == stored("ColorChanged", color=None)
    assert event_schema(NOTES, "ColorChanged")["required"] == ["color"]


def test_what_is_absent_from_a_creation_is_left_out() -> None:
    assert write_event(NOTES, Written(Note("Ada", "Buy milk"))) == stored(
        "Written", **LEAST, priority=3, pinned=False, tags=[]
    )


def test_a_deletion_holds_nothing() -> None:
    assert write_event(NOTES, Torn()) == stored("Torn")
    assert read_event(NOTES, stored("Torn")) == Torn()


def test_an_event_reads_back_as_what_it_was() -> None:
    events = [
        Written(EXAMPLE),
        ColorChanged("red"),
        Rewritten("", 1, pinned=True, tags=(), place=Place("east")),
        Torn(),
    ]
    assert [read_event(NOTES, write_event(NOTES, event)) for event in events] == events


def test_an_old_creation_has_the_defaults_of_newer_fields() -> None:
    assert read_event(NOTES, stored("Written", **LEAST)) == Written(Note("Ada", "Buy milk"))


@pytest.mark.parametrize(
    "event",
    [
        stored("Burnt"),
        stored("ColorChanged", 2, color="red"),
        stored("ColorChanged", color="red", shade="dark"),
        stored("Written", **LEAST, shade="dark"),
        stored("Torn", by="Bob"),
    ],
    ids=lambda event: f"{event['type']} {event['schemaVersion']} {','.join(event['data'])}",
)
def test_an_event_of_a_type_version_or_field_that_is_not_known_is_newer_codes(event: StoredEvent) -> None:
    with pytest.raises(UnknownEvent, match=event["type"]):
        read_event(NOTES, event)
    assert lift_event(NOTES, event) == event


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        (stored("ColorChanged"), "ColorChanged: /color: A value is required."),
        (stored("ColorChanged", color=""), "ColorChanged: /color: Expected 1 to 10 characters"),
        (stored("Written", author="Ada"), "/text: A value is required."),
        (stored("Written", **LEAST, place={"wall": "north", "height": 301}), "/place/height: Expected a whole number"),
        (stored("ColorChanged", 0, color="red"), "ColorChanged: a schema version below 1"),
        (stored("ColorChanged", color="x" * 11), "ColorChanged: /color: Expected 1 to 10 characters"),
    ],
)
def test_an_event_whose_fields_are_not_those_of_its_schema_is_corrupt(event: StoredEvent, fault: str) -> None:
    for read in (read_event, lift_event):
        with pytest.raises(CorruptEvent, match=fault) as corrupt:
            read(NOTES, event)
        assert "xxx" not in str(corrupt.value)


def test_a_nested_value_with_a_field_that_is_not_known_is_newer_codes_too() -> None:
    newer = stored("Written", **LEAST, place={"wall": "north", "depth": 3})
    with pytest.raises(UnknownEvent, match="Written"):
        read_event(NOTES, newer)
    assert lift_event(NOTES, newer) == newer


def commit_of(*events: object) -> DecodedCommit:
    state = root_of(NOTES).fold(events)
    return Commit(ID, 1, events, state, ID, Position("queue", 1), NOW, NOW, "somebody", ID)


@pytest.mark.parametrize(
    "unknown", [{"shade": "dark"}, {"place": {"wall": "north", "height": 1, "depth": 3}}, {"author": 1}, {"deleted": 1}]
)
def test_a_state_that_this_code_cannot_read_is_folded_again_and_never_corrupt(unknown: dict[str, Any]) -> None:
    commit = commit_of(Written(EXAMPLE), ColorChanged("red"))
    item = write_commit(NOTES, commit)
    item["state"]["M"].update(write_item(unknown))
    assert read_commit(NOTES, item) == replace(commit, state=None)
    assert read_commit(NOTES, write_commit(NOTES, commit)) == commit


def lifted(data: dict[str, Any]) -> dict[str, Any]:
    return {"color": data["colour"].lower()}


def with_default(data: dict[str, Any]) -> dict[str, Any]:
    return {"color": None, **data}


LIFTING = notes_with(upcasters={"ColorChanged": [lifted, with_default]})


def test_an_event_is_written_in_its_newest_schema() -> None:
    assert schema_version(LIFTING, "ColorChanged") == 3
    assert schema_version(LIFTING, "Written") == 1
    assert write_event(LIFTING, ColorChanged("red")) == stored("ColorChanged", 3, color="red")
    assert event_schema(LIFTING, "ColorChanged")["$id"] == "tag:example.com,2026:schemas/notes/ColorChanged/3"
    assert event_schema(LIFTING, "Torn")["description"] == "It was torn up."


def test_an_event_of_an_older_schema_is_lifted() -> None:
    assert read_event(LIFTING, stored("ColorChanged", 1, colour="RED")) == ColorChanged("red")
    assert read_event(LIFTING, stored("ColorChanged", 2)) == ColorChanged(None)
    assert lift_event(LIFTING, stored("ColorChanged", 2)) == stored("ColorChanged", 3, color=None)


def test_an_event_that_cannot_be_lifted_is_corrupt() -> None:
    with pytest.raises(CorruptEvent, match="cannot be lifted to schema version 3: KeyError"):
        read_event(LIFTING, stored("ColorChanged", 1, color="red"))
    with pytest.raises(CorruptEvent, match="cannot be lifted to schema version 3: AttributeError"):
        read_event(LIFTING, stored("ColorChanged", 1, colour=1))


def test_a_state_reads_back_as_what_it_was() -> None:
    for state in (EXAMPLE, Note("Ada", "Buy milk"), Gone(EXAMPLE)):
        assert read_state(NOTES, write_state(NOTES, state)) == state


def test_a_state_that_is_gone_is_marked() -> None:
    assert "deleted" not in write_state(NOTES, EXAMPLE)
    assert write_state(NOTES, Gone(EXAMPLE)) == {**write_state(NOTES, EXAMPLE), "deleted": True}


def test_before_the_first_event_there_is_nothing_to_store() -> None:
    with pytest.raises(ValueError, match="at least one event"):
        write_state(NOTES, NotCreated())


@pytest.mark.parametrize("deleted", [None, 1, "true"])
def test_a_state_is_gone_or_not(deleted: Any) -> None:
    with pytest.raises(CorruptEvent, match="/deleted"):
        read_state(NOTES, {**LEAST, "deleted": deleted})


@pytest.mark.parametrize(
    ("state", "fault"), [({"author": "Ada"}, "/text: A value"), ({**LEAST, "rating": 1}, "/rating")]
)
def test_a_state_whose_fields_are_not_those_of_a_value_is_corrupt(state: dict[str, Any], fault: str) -> None:
    with pytest.raises(CorruptEvent, match=fault):
        read_state(NOTES, state)


def test_an_event_that_is_none_of_the_resources_is_not_written() -> None:
    class Burnt:
        """It is none of a note's events."""

    with pytest.raises(LookupError):
        write_event(NOTES, Burnt())


def test_another_fold_may_compute_another_state_from_the_same_events() -> None:
    def shouting(note: Note, event: Any) -> Note:
        changed = apply(note, event)
        return replace(changed, text=changed.text.upper())

    shouting.__annotations__ = apply.__annotations__
    newer = replace(NOTES, apply=shouting, fold_version=2)
    events = [read_event(newer, write_event(NOTES, event)) for event in (Written(EXAMPLE), ColorChanged("red"))]
    assert root_of(newer).fold(events) == replace(EXAMPLE, color="red", text="BUY MILK")
    assert root_of(newer).fold_version == 2
