"""Each resource has a fold corpus, and only a raised fold version changes its states."""

from dataclasses import replace
from pathlib import Path

import pytest

from examples.accounts.accounts import ACCOUNTS
from resources import RESOURCES
from resources.cars import CARS, Car, Event
from tools.generate.__main__ import main
from tools.generate.files import CORPORA, changed_states
from tools.generate.fold_corpus import Corpus, file_of, read
from tools.paths import ROOT
from trigger_pattern.definition.resource import AnyResource


def stay(car: Car, event: Event) -> Car:
    """Fold to the first value, whatever happened."""
    return car


def corpus(resource: AnyResource, root: Path) -> Corpus:
    return read(file_of(resource, root / CORPORA))


OTHER_FOLD: AnyResource = replace(CARS, apply=stay)


def test_no_state_changed_under_the_same_fold_version() -> None:
    assert changed_states(RESOURCES, ROOT) == [], "raise fold_version, then run `make generated`"


def test_another_state_under_the_same_fold_version_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main((CARS,), tmp_path) == 0
    before = file_of(CARS, tmp_path / CORPORA).read_text()
    assert main((OTHER_FOLD,), tmp_path) == 1
    assert "cars: ColorChanged 1" in capsys.readouterr().err
    assert file_of(CARS, tmp_path / CORPORA).read_text() == before


def test_a_raised_fold_version_gets_the_new_states_of_the_same_events(tmp_path: Path) -> None:
    main((CARS,), tmp_path)
    before = corpus(CARS, tmp_path)["histories"]
    assert main((replace(OTHER_FOLD, fold_version=2),), tmp_path) == 0
    after = corpus(CARS, tmp_path)
    assert after["foldVersion"] == 2
    assert {title: each["events"] for title, each in after["histories"].items()} == {
        title: each["events"] for title, each in before.items()
    }
    assert after["histories"]["ColorChanged 1"]["state"] != before["ColorChanged 1"]["state"]


def test_a_new_resource_gets_a_history_of_each_event(tmp_path: Path) -> None:
    assert main((ACCOUNTS,), tmp_path) == 0
    histories = corpus(ACCOUNTS, tmp_path)["histories"]
    assert {each["events"][-1]["type"] for each in histories.values()} == set(ACCOUNTS.events)


def test_a_corpus_with_an_event_that_is_gone_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main((ACCOUNTS,), tmp_path)
    file = file_of(ACCOUNTS, tmp_path / CORPORA)
    file.write_text(file.read_text().replace('"LimitChanged"', '"LimitRaised"'))
    assert main((ACCOUNTS,), tmp_path) == 1
    assert "accounts: a history in the fold corpus cannot be read: " in capsys.readouterr().err
