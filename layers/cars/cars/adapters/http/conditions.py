"""What the headers of a write say: If-Match, Idempotency-Key, Prefer."""

import re
from collections.abc import Mapping

from cars.application.submitting import Conditions

MAX_WAIT_SECONDS = 20

_KEY = re.compile(r"[!-~]{1,255}")
_TAG = re.compile(r'(W/)?"([!#-~]*)"')
_VERSION = re.compile(r"[1-9][0-9]{0,9}")
_WAIT = re.compile(r'\s*wait\s*=\s*"?([0-9]{1,9})"?\s*(;.*)?', re.IGNORECASE)

NO_VERSION = 0
"""What a tag that no version of a car has stands for."""


class InvalidHeader(ValueError):
    """A header's value is not of its form; `name` is the header's, the text says what was expected."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(expected)
        self.name = name


def read_conditions(headers: Mapping[str, str]) -> Conditions:
    """Read a write's conditions; header names in lower case. Raises InvalidHeader."""
    return Conditions(
        expected_version=read_if_match(headers["if-match"]) if "if-match" in headers else None,
        idempotency_key=read_key(headers["idempotency-key"]) if "idempotency-key" in headers else None,
    )


def read_if_match(header: str) -> int | None:
    """Read `If-Match` (RFC 9110, section 13.1.1) as the version that it names, None for `*`.

    The comparison is the strong one: a weak tag is that of no version, and so is one that is no version's.
    """
    if header.strip() == "*":
        return None
    tag = _TAG.fullmatch(header.strip())
    if not tag:
        raise InvalidHeader("If-Match", 'a single entity tag, such as "7", or *')
    weak, opaque = tag.groups()
    return int(opaque) if not weak and _VERSION.fullmatch(opaque) else NO_VERSION


def read_key(header: str) -> str:
    """Read `Idempotency-Key`."""
    if _KEY.fullmatch(header):
        return header
    raise InvalidHeader("Idempotency-Key", "1 to 255 visible ASCII characters")


def read_wait(header: str) -> int:
    """Read the seconds to wait from `Prefer` (RFC 7240, section 4.3), at most MAX_WAIT_SECONDS; 0 where it has none.

    Preferences that are not understood are passed over, as section 2 says.
    """
    found = (_WAIT.fullmatch(preference) for preference in header.split(","))
    return next((min(int(wait[1]), MAX_WAIT_SECONDS) for wait in found if wait), 0)
