"""An emulator that does not start says why."""

import time
from pathlib import Path

import pytest

from tools.local import emulator
from tools.local.emulator import EmulatorFailed


@pytest.fixture(autouse=True)
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emulator, "LOCAL", tmp_path)


def starting(script: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Start a program in place of the emulator; return why it is none."""
    program = folder / "program"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setattr(emulator, "MINISTACK", program)
    with pytest.raises(EmulatorFailed) as failed, emulator.emulator():
        pytest.fail("it started")
    return str(failed.value)


def test_one_that_ends_is_not_waited_for_and_its_last_words_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = time.monotonic()
    why = starting("seq 100; echo No room >&2; exit 3", tmp_path, monkeypatch)
    assert why.startswith("The emulator ended with code 3. The end of its log (")
    assert why.endswith("\n99\n100\nNo room")
    assert "\n50\n" not in why
    assert time.monotonic() - started < emulator.PATIENCE / 2


def test_one_that_ends_without_a_word_is_no_riddle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert starting("exit 4", tmp_path, monkeypatch).endswith("\n\nIt logged nothing.")


def test_one_that_never_answers_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may well say that it runs: only an answer counts."""
    monkeypatch.setattr(emulator, "PATIENCE", 2.0)
    why = starting("echo Running on http; exec sleep 60", tmp_path, monkeypatch)
    assert why.startswith("The emulator did not answer within 2 s. ")
    assert why.endswith("Running on http")
