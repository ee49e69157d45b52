"""Each resource has a fold corpus, and only a raised fold version changes its states."""

from dataclasses import replace
from pathlib import Path

import pytest

from examples.accounts.accounts import ACCOUNTS
from resources import RESOURCES
from resources.cars import CARS, Car, Event
from tools.generate.__main__ import main
from tools.generate.fold_corpus import FOLDER, changed, corpus_of, file_of, read, written
from trigger_pattern.definition.resource import AnyResource

every_resource = pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.plural)


def stay(car: Car, event: Event) -> Car:
    """Fold to the first value, whatever happened."""
    return car


OTHER_FOLD: AnyResource = replace(CARS, apply=stay)


@every_resource
def test_the_checked_in_corpus_is_the_generated_one(resource: AnyResource) -> None:
    before = read(file_of(resource, FOLDER))
    assert changed(resource, before) == [], "raise fold_version, then run: make corpus"
    generated = written(corpus_of(resource, before))
    assert file_of(resource, FOLDER).read_text(encoding="utf-8") == generated, "run: make corpus"


def test_another_state_under_the_same_fold_version_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main((CARS,), tmp_path) == 0
    before = file_of(CARS, tmp_path).read_text()
    assert main((OTHER_FOLD,), tmp_path) == 1
    assert "cars: ColorChanged 1" in capsys.readouterr().err
    assert file_of(CARS, tmp_path).read_text() == before


def test_a_raised_fold_version_gets_the_new_states_of_the_same_events(tmp_path: Path) -> None:
    main((CARS,), tmp_path)
    before = read(file_of(CARS, tmp_path))["histories"]
    assert main((replace(OTHER_FOLD, fold_version=2),), tmp_path) == 0
    after = read(file_of(CARS, tmp_path))
    assert after["foldVersion"] == 2
    assert {title: each["events"] for title, each in after["histories"].items()} == {
        title: each["events"] for title, each in before.items()
    }
    assert after["histories"]["ColorChanged 1"]["state"] != before["ColorChanged 1"]["state"]


def test_a_new_resource_gets_a_history_of_each_event(tmp_path: Path) -> None:
    assert main((ACCOUNTS,), tmp_path) == 0
    histories = read(file_of(ACCOUNTS, tmp_path))["histories"]
    assert {each["events"][-1]["type"] for each in histories.values()} == set(ACCOUNTS.events)
