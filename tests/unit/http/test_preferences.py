"""`Prefer` (RFC 7240)."""

import time

import pytest

from trigger_pattern.http.headers import read_wait


@pytest.mark.parametrize(
    ("header", "seconds"),
    [('foo="a, wait=5"', 0), ('foo="a, wait=5", wait=3', 3), (r'foo="\", wait=5, \"", wait=3', 3), ('wait="5"', 5),
     (r'wait="\5"', 5), ("wait=3, wait=5", 3), ("wait=x, wait=5", 0), ("foo; wait=5", 0),
     ('foo; bar="x, wait=5"; baz, wait=3', 3), ("wait=3;foo;;bar=1", 3), (", wait=3 ,", 3), ("foo=, wait=3", 3),
     ('foo="wait=5, wait=3', 0), ("waits=3", 0), ("Wait\t=\t3", 3)],
)  # fmt: skip
def test_the_first_wait_counts_and_nothing_inside_quotes(header: str, seconds: int) -> None:
    assert read_wait(header) == seconds


@pytest.mark.parametrize("part", ['"', '\\"', ";  ", "a ", 'a="', ",", " ", '";"'])
def test_no_header_takes_long_to_read(part: str) -> None:
    began = time.process_time()
    read_wait("foo" + part * 8000 + "=")
    assert time.process_time() - began < 0.5
