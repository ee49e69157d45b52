"""What the headers of a write say: If-Match, Idempotency-Key, Prefer."""

import re
from collections.abc import Mapping

from cars.application.submitting import Conditions

MAX_WAIT_SECONDS = 20

_KEY = re.compile(r"[!-~]{1,255}")
_TAG = re.compile(r'(W/)?"([!#-~]*)"')
_VERSION = re.compile(r"[1-9][0-9]{0,9}")
_WAIT = re.compile(r'\s*wait\s*=\s*"?([0-9]{1,9})"?\s*(;.*)?', re.IGNORECASE)


class NoSuchVersion(Exception):
    """An If-Match whose tag is that of no version of any car, so that it matches nothing."""


class InvalidHeader(ValueError):
    """A header's value is not of its form; `name` is the header's, the text says what was expected."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(expected)
        self.name = name


def read_conditions(headers: Mapping[str, str], *, creates: bool) -> Conditions:
    """Read a write's conditions; header names in lower case. Raises InvalidHeader, NoSuchVersion.

    A request that creates a car is about no car that is there, so no precondition applies (RFC 9110, section 13.2.1).
    """
    key = read_key(headers["idempotency-key"]) if "idempotency-key" in headers else None
    if creates:
        return Conditions(idempotency_key=key)
    if "if-none-match" in headers:
        raise InvalidHeader("If-None-Match", "If-Match, since only a car that is there can be changed")
    return Conditions(read_if_match(headers["if-match"]) if "if-match" in headers else None, key)


def read_if_match(header: str) -> int | None:
    """Read `If-Match` (RFC 9110, section 13.1.1) as the version that it names, None for `*`.

    The comparison is the strong one: a weak tag matches nothing. Raises InvalidHeader, NoSuchVersion.
    """
    if header.strip() == "*":
        return None
    tag = _TAG.fullmatch(header.strip())
    if not tag:
        raise InvalidHeader("If-Match", 'a single entity tag, such as "7", or *')
    weak, opaque = tag.groups()
    if weak or not _VERSION.fullmatch(opaque):
        raise NoSuchVersion
    return int(opaque)


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
