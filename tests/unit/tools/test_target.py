"""Where a command finds its stack."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import pytest

from resources.cars import CARS
from tests.support.poison import POISON
from tools.aws import Aws
from tools.deployed import NoRegistry
from tools.ops import target
from tools.ops.target import find
from tools.stack import Stack
from trigger_pattern.definition.resource import AnyResource


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"5", b"null", b'"stack"', b"{", b"\xff"])
def test_a_file_that_is_no_stacks_is_told_without_a_trace(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "stack.json"
    file.write_bytes(content)
    with pytest.raises(click.ClickException, match=r"No stack is running on this machine \(.*stack.json\)"):
        find(CARS, None, None, None, file)


def test_so_is_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(click.ClickException, match="Start one with `make run`"):
        find(CARS, None, None, None, tmp_path / "stack.json")


@pytest.fixture
def users_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config"
    for name in (name for name in os.environ if name.startswith("AWS_")):
        monkeypatch.delenv(name)
    file.write_text("[profile mine]\nregion = eu-west-3\n[profile other]\nregion = eu-north-1\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(file))
    monkeypatch.setenv("AWS_PROFILE", "mine")


@pytest.mark.usefixtures("users_config")
@pytest.mark.parametrize(
    ("region", "profile", "found"),
    [(None, None, "eu-west-3"), (None, "other", "eu-north-1"), ("sa-east-1", None, "sa-east-1")],
)
def test_a_stack_on_aws_is_looked_for_as_the_users_profile_says(
    region: str | None, profile: str | None, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str, str]] = []

    def note(aws: Aws, stack_name: str, resources: Sequence[AnyResource]) -> Stack:
        asked.append((stack_name, aws.region, aws.endpoint))
        raise NoRegistry("It is no car registry.")

    monkeypatch.setattr(target, "deployed", note)
    with pytest.raises(click.ClickException, match="is no car registry"):
        find(CARS, "cars-prod", region, profile, Path("unused"))
    assert asked == [("cars-prod", found, "")]


@pytest.mark.usefixtures("users_config")
def test_its_clients_use_the_users_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """And those of the emulator do not: see test_environment."""
    monkeypatch.setenv("HTTPS_PROXY", POISON["HTTPS_PROXY"])

    def unread(aws: Aws, stack_name: str, resources: Sequence[AnyResource]) -> Any:
        return None

    monkeypatch.setattr(target, "deployed", unread)
    config: Any = find(CARS, "cars-prod", None, None, Path("unused")).aws.sqs().meta.config
    assert config.proxies is None
