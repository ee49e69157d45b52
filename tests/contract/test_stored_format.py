"""Stored commits are for ever: what was once written stays readable, and folds to what it folded to.

`fold_corpus.json` holds histories as they were stored, with the state after each. Where a test here fails because the
fold now gives other states, raise `FOLD_VERSION` and write the new states, with the new number, into the corpus.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cars.domain.car import ColorChanged
from cars.domain.root import FOLD_VERSION
from cars.domain.stored_events import (
    SCHEMA_VERSIONS,
    UPCASTERS,
    CorruptEvent,
    StoredEvent,
    UnknownEvent,
    read_event,
    write_event,
    write_state,
)
from cars.domain.values import Color
from tests.support.cars import CAR_ID, ROOT

CORPUS: dict[str, Any] = json.loads(Path(__file__).with_name("fold_corpus.json").read_text())
HISTORIES: dict[str, Any] = CORPUS["histories"]


def test_the_corpus_is_of_the_codes_fold() -> None:
    assert CORPUS["foldVersion"] == FOLD_VERSION


@pytest.mark.parametrize("story", HISTORIES)
def test_a_stored_history_folds_to_the_state_it_always_folded_to(story: str) -> None:
    history = HISTORIES[story]
    state = ROOT.fold(read_event(CAR_ID, stored) for stored in history["events"])
    assert write_state(state) == history["state"]


@pytest.mark.parametrize("story", HISTORIES)
def test_an_event_is_written_as_it_always_was(story: str) -> None:
    for stored in HISTORIES[story]["events"]:
        written = write_event(read_event(CAR_ID, stored))
        assert written == stored or written["schemaVersion"] != stored["schemaVersion"]


def test_the_corpus_has_every_event_there_is_in_its_newest_schema() -> None:
    stored = {(event["type"], event["schemaVersion"]) for history in HISTORIES.values() for event in history["events"]}
    assert stored >= SCHEMA_VERSIONS.items()


@pytest.mark.parametrize(
    "stored",
    [
        {"type": "Repainted", "schemaVersion": 1, "data": {}},
        {"type": "ColorChanged", "schemaVersion": SCHEMA_VERSIONS["ColorChanged"] + 1, "data": {"color": "red"}},
        {"type": "ColorChanged", "schemaVersion": 1, "data": {"color": "red", "finish": "matte"}},
        {"type": "Deleted", "schemaVersion": 1, "data": {"reason": "sold"}},
        {"type": "Created", "schemaVersion": 1, "data": {"plate": "B-MW 3"}},
    ],
)
def test_an_event_of_newer_code_is_never_skipped(stored: StoredEvent) -> None:
    with pytest.raises(UnknownEvent):
        read_event(CAR_ID, stored)


@pytest.mark.parametrize("data", [{}, {"color": "pink"}, {"color": None}, {"color": ["red"]}])
def test_an_event_without_the_values_of_its_schema_is_corrupt(data: dict[str, Any]) -> None:
    with pytest.raises(CorruptEvent):
        read_event(CAR_ID, {"type": "ColorChanged", "schemaVersion": 1, "data": data})


def test_an_event_of_an_old_schema_is_lifted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SCHEMA_VERSIONS, "ColorChanged", 3)
    monkeypatch.setitem(UPCASTERS, ("ColorChanged", 1), lambda data: {"paint": data["colour"]})
    monkeypatch.setitem(UPCASTERS, ("ColorChanged", 2), lambda data: {"color": data["paint"]})
    for version, data in ((1, {"colour": "red"}), (2, {"paint": "red"}), (3, {"color": "red"})):
        stored: StoredEvent = {"type": "ColorChanged", "schemaVersion": version, "data": data}
        assert read_event(CAR_ID, stored) == ColorChanged(Color.RED)


@dataclass(frozen=True)
class Finished:
    """As a newer ColorChanged might be: with an optional field."""

    color: Color
    finish: str | None = None


@pytest.mark.parametrize(("finish", "more"), [(None, {}), ("matte", {"finish": "matte"})])
def test_an_optional_field_is_stored_where_it_has_a_value(
    monkeypatch: pytest.MonkeyPatch, finish: str | None, more: dict[str, str]
) -> None:
    monkeypatch.setitem(SCHEMA_VERSIONS, "Finished", 1)
    event: Any = Finished(Color.RED, finish)
    assert write_event(event)["data"] == {"color": "red", **more}
