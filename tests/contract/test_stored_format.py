"""Stored commits are for ever: what was once written stays readable, and folds to what it folded to.

`fold_corpora/cars.json` holds histories as they were stored, with the state after each. If a test here fails because
the fold computes other states, raise the `fold_version` of CARS and run `make corpus`.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from resources.cars import CARS
from tests.support.cars import ROOT
from trigger_pattern.definition.stored import (
    read_event,
    schema_version,
    write_event,
    write_state,
)

CORPUS: dict[str, Any] = json.loads((Path(__file__).parent / "fold_corpora" / "cars.json").read_text())
HISTORIES: dict[str, Any] = CORPUS["histories"]


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
