"""docs/guarantees.md: every promise names its proof, and the proof is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "guarantees.md").read_text()
ROWS = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
PROMISES = [(promise, proofs) for promise, proofs in ROWS if promise not in {"promise", "---"}]
PROOFS = sorted({proof for _, proofs in PROMISES for proof in re.findall(r"`(tests/[^`]+)`", proofs)})


def test_every_promise_names_its_proof() -> None:
    assert len(PROMISES) > 15
    assert [promise for promise, proofs in PROMISES if not re.search(r"`tests/[^`]+`", proofs)] == []


@pytest.mark.parametrize("proof", PROOFS)
def test_the_proof_is_there(proof: str) -> None:
    file, _, name = proof.partition("::")
    assert re.search(rf"^def {name or 'test_'}", (ROOT / file).read_text(), re.MULTILINE)
