"""Where a command finds its stack."""

from pathlib import Path

import click
import pytest

from tools.cars.target import find


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"5", b"null", b'"stack"', b"{", b"\xff"])
def test_a_file_that_is_no_stacks_is_told_without_a_trace(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "stack.json"
    file.write_bytes(content)
    with pytest.raises(click.ClickException, match=r"No stack is running on this machine \(.*stack.json\)"):
        find(None, None, None, file)


def test_so_is_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(click.ClickException, match="Start one with `make run`"):
        find(None, None, None, tmp_path / "stack.json")
