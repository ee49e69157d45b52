"""Stored commits are for ever: what was once written stays readable, and folds to what it folded to.

`fold_corpora/cars.json` holds histories as they were stored, with the state after each. If a test here fails because
the fold computes other states, raise the `fold_version` of CARS and run `make corpus`.
"""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import pytest

from resources.cars import CARS, Car, Color, ColorChanged
from tests.support.cars import ROOT
from trigger_pattern import Length
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import (
    CorruptEvent,
    StoredEvent,
    UnknownEvent,
    lift_event,
    read_event,
    schema_version,
    write_event,
    write_state,
)

CORPUS: dict[str, Any] = json.loads((Path(__file__).parent / "fold_corpora" / "cars.json").read_text())
HISTORIES: dict[str, Any] = CORPUS["histories"]
NEWEST = schema_version(CARS, "ColorChanged")


def test_the_corpus_is_of_the_codes_fold() -> None:
    assert CORPUS["foldVersion"] == CARS.fold_version


@pytest.mark.parametrize("story", HISTORIES)
def test_a_stored_history_folds_to_the_state_it_always_folded_to(story: str) -> None:
    history = HISTORIES[story]
    state = ROOT.fold(read_event(CARS, stored) for stored in history["events"])
    assert write_state(CARS, state) == history["state"]


@pytest.mark.parametrize("story", HISTORIES)
def test_an_event_is_written_as_it_always_was(story: str) -> None:
    for stored in HISTORIES[story]["events"]:
        written = write_event(CARS, read_event(CARS, stored))
        assert written == stored or written["schemaVersion"] != stored["schemaVersion"]


def test_the_corpus_has_every_event_there_is_in_its_newest_schema() -> None:
    stored = {(event["type"], event["schemaVersion"]) for history in HISTORIES.values() for event in history["events"]}
    assert stored >= {(name, schema_version(CARS, name)) for name in CARS.events}


@pytest.mark.parametrize(
    "stored",
    [
        {"type": "Repainted", "schemaVersion": 1, "data": {}},
        {"type": "ColorChanged", "schemaVersion": NEWEST + 1, "data": {"color": "red"}},
        {"type": "ColorChanged", "schemaVersion": 1, "data": {"color": "red", "finish": "matte"}},
        {"type": "Deleted", "schemaVersion": 1, "data": {"reason": "sold"}},
        {"type": "Created", "schemaVersion": 1, "data": {"noSuchField": 1}},
    ],
)
def test_an_event_of_newer_code_is_never_skipped(stored: StoredEvent) -> None:
    with pytest.raises(UnknownEvent):
        read_event(CARS, stored)


@pytest.mark.parametrize("data", [{}, {"color": "pink"}, {"color": None}, {"color": ["red"]}])
def test_an_event_without_the_values_of_its_schema_is_corrupt(data: dict[str, Any]) -> None:
    with pytest.raises(CorruptEvent):
        read_event(CARS, {"type": "ColorChanged", "schemaVersion": 1, "data": data})


def colour_to_paint(data: dict[str, Any]) -> dict[str, Any]:
    return {"paint": data["colour"]}


def paint_to_color(data: dict[str, Any]) -> dict[str, Any]:
    return {"color": data["paint"]}


def test_an_event_of_an_old_schema_is_lifted_step_by_step() -> None:
    cars = replace(CARS, upcasters={"ColorChanged": [colour_to_paint, paint_to_color]})
    for version, data in ((1, {"colour": "red"}), (2, {"paint": "red"}), (3, {"color": "red"})):
        stored: StoredEvent = {"type": "ColorChanged", "schemaVersion": version, "data": data}
        assert read_event(cars, stored) == ColorChanged(Color.RED)
        assert lift_event(cars, stored) == {"type": "ColorChanged", "schemaVersion": 3, "data": {"color": "red"}}


@dataclass(frozen=True)
class Finished:
    """As a newer ColorChanged might be: with an optional field."""

    color: Color
    finish: Annotated[str | None, Length(1, 20)] = None


def apply(car: Car, event: Finished) -> Car:
    return replace(car, color=event.color)


@pytest.mark.parametrize(("finish", "more"), [(None, {}), ("matte", {"finish": "matte"})])
def test_an_optional_field_is_stored_where_it_has_a_value(finish: str | None, more: dict[str, str]) -> None:
    today: AnyResource = CARS
    cars = replace(today, apply=apply, upcasters={})
    stored = write_event(cars, Finished(Color.RED, finish))
    assert stored["data"] == {"color": "red", **more}
    assert read_event(cars, stored) == Finished(Color.RED, finish)
