"""docs/guarantees.md: every promise names its proof, and pytest runs the proof."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "guarantees.md").read_text()
ROWS = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
PROMISES = {promise: re.findall(r"`([^`]+)`", proofs) for promise, proofs in ROWS if promise not in {"promise", "---"}}
PROOFS = sorted({proof for proofs in PROMISES.values() for proof in proofs})

NODE_ID = re.compile(r"(tests/(?:\w+/)*test_\w+\.py)::(test_\w+)")
LEFT_OUT = frozenset({"skip", "skipif", "importorskip", "SkipTest", "xfail"})
"""What keeps a test from running, or from counting."""


def flaws(proof: str, root: Path) -> Iterator[str]:
    """Yield what keeps a proof from proving anything: a test by its node id, which runs whenever its file does."""
    if not (named := NODE_ID.fullmatch(proof)):
        yield "names no test function"
    elif not (file := root / named[1]).is_file():
        yield "there is no such file"
    else:
        if named[2] not in functions(file):
            yield "there is no such function"
        for source in (file, *conftests(file, root)):
            if found := words(source) & LEFT_OUT:
                yield f"{source.name} says {', '.join(sorted(found))}"


def functions(file: Path) -> set[str]:
    """Name the functions that pytest calls: not those inside others, and no coroutines."""
    return {node.name for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)}


def words(file: Path) -> set[str]:
    """Name whatever the code names, so that no alias of a mark is missed."""
    found = ast.walk(ast.parse(file.read_text()))
    return {str(getattr(node, kind)) for node in found for kind in ("id", "attr", "name") if hasattr(node, kind)}


def conftests(file: Path, root: Path) -> list[Path]:
    """Find the files whose fixtures may act on a test that does not ask for them."""
    folders = [folder for folder in file.parents if folder.is_relative_to(root)]
    return [folder / "conftest.py" for folder in folders if (folder / "conftest.py").is_file()]


def test_every_promise_names_its_proof() -> None:
    assert len(PROMISES) > 15
    assert [promise for promise, proofs in PROMISES.items() if not proofs] == []
    assert PAGE.count("`tests/") == sum(map(len, PROMISES.values()))


@pytest.mark.parametrize("proof", PROOFS)
def test_the_proof_runs(proof: str) -> None:
    assert list(flaws(proof, ROOT)) == []


@pytest.mark.parametrize(
    ("source", "flaw"),
    [
        ("def test_it(): ...", None),
        ("@pytest.mark.parametrize('n', [1])\ndef test_it(n): ...", None),
        ("def test_its_opposite(): ...", "there is no such function"),
        ("def outer():\n    def test_it(): ...", "there is no such function"),
        ("async def test_it(): ...", "there is no such function"),
        ("'def test_it(): ...'", "there is no such function"),
        ("@pytest.mark.skip\ndef test_it(): ...", "test_one.py says skip"),
        ("@pytest.mark.xfail(reason='some day')\ndef test_it(): ...", "test_one.py says xfail"),
        ("later = pytest.mark.skipif(True)\n@later\ndef test_it(): ...", "test_one.py says skipif"),
        ("pytestmark = pytest.mark.skip\ndef test_it(): ...", "test_one.py says skip"),
        ("from pytest import importorskip as needs\nneeds('x')\ndef test_it(): ...", "test_one.py says importorskip"),
        ("def test_it():\n    pytest.skip('not today')", "test_one.py says skip"),
    ],
)
def test_what_proves_nothing_is_found(source: str, flaw: str | None, tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_one.py").write_text(source)
    assert list(flaws("tests/test_one.py::test_it", tmp_path)) == ([flaw] if flaw else [])


def test_so_is_a_fixture_that_skips(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_one.py").write_text("def test_it(): ...")
    (tmp_path / "tests" / "conftest.py").write_text("def everywhere():\n    pytest.skip('not today')")
    assert list(flaws("tests/test_one.py::test_it", tmp_path)) == ["conftest.py says skip"]


@pytest.mark.parametrize(
    ("proof", "flaw"),
    [
        ("tests/test_one.py", "names no test function"),
        ("tests/test_one.py::helper", "names no test function"),
        ("tests/support/one.py::test_it", "names no test function"),
        ("README.md", "names no test function"),
        ("tests/test_two.py::test_it", "there is no such file"),
    ],
)
def test_so_is_what_names_no_test(proof: str, flaw: str, tmp_path: Path) -> None:
    assert list(flaws(proof, tmp_path)) == [flaw]
