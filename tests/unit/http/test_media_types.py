"""Which `Accept` gets a batch of CloudEvents (RFC 9110, section 12.5.1)."""

import time

import pytest

from trigger_pattern.http.headers import prefers

BATCH, JSON = "application/cloudevents-batch+json", "application/json"


@pytest.mark.parametrize(
    "header",
    [BATCH, BATCH.upper(), f"{BATCH};q=0.1", f"{BATCH} ; charset=utf-8", f'{BATCH};x=";q=0"', f"{BATCH}, */*",
     f"{BATCH}, application/*", f"{JSON};q=0.9, {BATCH}", f"{JSON};charset=utf-8;q=0.5, {BATCH}", f"{JSON};q=0, */*",
     f"text/html, {BATCH};q=0.5, */*;q=0.1"],
)  # fmt: skip
def test_a_batch_is_preferred(header: str) -> None:
    assert prefers(header, BATCH, to=JSON)


@pytest.mark.parametrize(
    "header",
    ["", "*/*", "application/*", JSON, f"{JSON}, {BATCH}", f"{BATCH};q=0", f"{BATCH};q=0, */*", f"{BATCH};q=0.5, */*",
     f"{BATCH};q=2", f"{BATCH};q=x", f"{BATCH}x", "text/html", f'"{BATCH}"', "application/cloudevents+json"],
)  # fmt: skip
def test_a_batch_is_not_preferred(header: str) -> None:
    assert not prefers(header, BATCH, to=JSON)


@pytest.mark.parametrize("part", [";", "; ", ";q", ";a=", "\t", '"', "/", "a/a;"])
def test_no_header_takes_long_to_read(part: str) -> None:
    began = time.process_time()
    prefers("a/a" + part * 8000 + "=", BATCH, to=JSON)
    assert time.process_time() - began < 0.5
