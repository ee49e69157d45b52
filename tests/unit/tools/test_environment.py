"""The environment of what runs on this machine, whatever the user's is."""

import os
import subprocess
import sys

import pytest

from tests.support.poison import POISON
from tools.aws import emulated
from tools.environment import NAMES, NO_FILES, enter, made
from tools.local.client import CarClient
from tools.paths import ROOT

KEPT = {"PATH": "/bin", "HOME": "/home/somebody", "LANG": "C.UTF-8"}
LOCAL_ADDRESS = "http://127.0.0.1:4566"


@pytest.fixture(autouse=True)
def users_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*os.environ]:
        monkeypatch.delenv(name)
    for name, value in {**KEPT, **POISON}.items():
        monkeypatch.setenv(name, value)


def test_what_programs_need_is_kept_and_nothing_else() -> None:
    assert made() == KEPT | NO_FILES
    assert POISON.keys().isdisjoint(NAMES)


def test_a_setting_for_the_program_itself_beats_what_is_kept() -> None:
    assert made({"PATH": "/venv/bin", "GATEWAY_PORT": "1"}) == KEPT | NO_FILES | {
        "PATH": "/venv/bin",
        "GATEWAY_PORT": "1",
    }


def test_a_process_can_enter_it() -> None:
    enter()
    assert dict(os.environ) == KEPT | NO_FILES


def test_a_command_can_be_run_in_it() -> None:
    show = [sys.executable, "-c", "import os; print(sorted(os.environ))"]
    command = [sys.executable, "-m", "tools.environment", *show]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == f"{sorted({*KEPT, *NO_FILES})}\n"


@pytest.mark.parametrize("service", ["cloudformation", "dynamodb", "functions", "iam", "s3", "sns", "sqs"])
def test_a_client_of_the_emulator_takes_nothing_from_the_users_settings(service: str) -> None:
    meta = getattr(emulated(LOCAL_ADDRESS, "eu-north-1"), service)().meta
    assert (meta.endpoint_url, meta.region_name) == (LOCAL_ADDRESS, "eu-north-1")
    assert meta.config.proxies == {}
    assert meta.config.retries["mode"] in {"standard", "adaptive"}


def test_nor_does_a_client_of_the_api() -> None:
    assert CarClient(LOCAL_ADDRESS).http.trust_env is False
