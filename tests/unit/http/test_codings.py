"""Which `Accept-Encoding` gets gzip (RFC 9110, section 12.5.3)."""

import pytest

from trigger_pattern.http.headers import accepts_gzip


@pytest.mark.parametrize(
    "header",
    ["gzip", "GZIP", "deflate, gzip", "gzip;q=0.001", "gzip ; Q=1.000", "*", "*;q=0.5", "br, *;q=0.1", ",gzip,",
     "identity;q=0, gzip", "identity;q=0.5, gzip", "x-gzip", "*;q=0, gzip", "gzip;q=0.5, br;q=1"],
)  # fmt: skip
def test_accepted(header: str) -> None:
    assert accepts_gzip(header)


@pytest.mark.parametrize(
    "header",
    ["", "gzip;q=0", "gzip;q=0.000", "xgzip", "gzipped", "identity", "*;q=0", "gzip;q=0, *", "br", '"gzip"',
     "identity, gzip;q=0.5", "gzip;q=2", "gzip;q=x", "gzip;level=9"],
)  # fmt: skip
def test_not_accepted(header: str) -> None:
    assert not accepts_gzip(header)
