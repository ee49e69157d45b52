"""The preconditions of a request (RFC 9110, section 13), and the header `Idempotency-Key`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from trigger_pattern.application.querying import AsOf
from trigger_pattern.application.submitting import Conditions
from trigger_pattern.http.exchange import Fault
from trigger_pattern.http.headers import EntityTags, read_tags

_KEY = re.compile(r"[!-~]{1,255}")


class NoSuchVersion(Exception):
    """An If-Match that no version can match."""


class InvalidHeader(ValueError):
    """A malformed header. `name` is the header's; the text completes "Expected ..."."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(expected)
        self.name = name


@dataclass(frozen=True)
class Preconditions:
    """`If-Match` and `If-None-Match`; None for a header that the request lacks."""

    if_match: EntityTags | None = None
    if_none_match: EntityTags | None = None


def wrong_in_headers(headers: Mapping[str, str], *names: str) -> list[Fault]:
    """Return a fault for each malformed header among some; the keys of `headers` are in lower case."""
    return [fault for name in names if (fault := _fault(headers, name))]


def _fault(headers: Mapping[str, str], name: str) -> Fault | None:
    try:
        _READERS[name](headers)
    except InvalidHeader as invalid:
        return Fault("invalid-value", f"Expected {invalid}.", parameter=invalid.name)
    return None


def read_preconditions(headers: Mapping[str, str]) -> Preconditions:
    """Return a write's preconditions; the names in `headers` are in lower case. Raises InvalidHeader."""
    return Preconditions(_read_tags(headers, "If-Match"), _read_tags(headers, "If-None-Match"))


def read_preconditions_of_read(headers: Mapping[str, str]) -> Preconditions:
    """Return a GET's preconditions. A malformed `If-None-Match` matches nothing, so it only costs a body."""
    return Preconditions(_read_tags(headers, "If-Match"), read_tags(headers.get("if-none-match", "")))


def conditions_of_write(headers: Mapping[str, str], current: Callable[[], AsOf] | None) -> Conditions:
    """Evaluate the preconditions that the command handler cannot. Raises InvalidHeader, NoSuchVersion.

    A command carries one version that it expects. The current state is read only if that is not enough: for an
    `If-Match` of several versions, and for `If-None-Match`. A creation has no current state: `current` is None, and no
    precondition applies (section 13.2.1).
    """
    key = _read_key(headers)
    if current is None:
        return Conditions(idempotency_key=key)
    given = read_preconditions(headers)
    named = None if given.if_match is None or given.if_match.any else given.if_match.versions()
    if named is not None and not named:
        raise NoSuchVersion
    if given.if_none_match is None and (named is None or len(named) == 1):
        return Conditions(min(named) if named else None, key)
    return _evaluated(given, named, current(), key)


def _evaluated(given: Preconditions, named: frozenset[int] | None, now: AsOf, key: str | None) -> Conditions:
    is_there = now.value is not None
    matches = named is None or (is_there and now.version in named)
    excluded = is_there and given.if_none_match is not None and given.if_none_match.match_weakly(now.version)
    return Conditions(
        expected_version=now.version if named is not None and matches else None,
        idempotency_key=key,
        evaluated=_canonical(given),
        failed=not matches or excluded,
    )


def _canonical(given: Preconditions) -> str:
    """Return a text of the preconditions that is the same for a retry, even if the version has changed."""
    both = (given.if_match or EntityTags(), given.if_none_match or EntityTags())
    return repr([(tags.any, sorted(tags.strong), sorted(tags.weak)) for tags in both])


def _read_tags(headers: Mapping[str, str], name: str) -> EntityTags | None:
    if name.lower() not in headers:
        return None
    tags = read_tags(headers[name.lower()])
    if tags is None:
        raise InvalidHeader(name, 'entity tags, such as "7" or "7", "8", or *')
    return tags


def _read_key(headers: Mapping[str, str]) -> str | None:
    key = headers.get("idempotency-key")
    if key is None or _KEY.fullmatch(key):
        return key
    raise InvalidHeader("Idempotency-Key", "1 to 255 visible ASCII characters")


_READERS: Mapping[str, Callable[[Mapping[str, str]], object]] = {
    "If-Match": lambda headers: _read_tags(headers, "If-Match"),
    "If-None-Match": lambda headers: _read_tags(headers, "If-None-Match"),
    "Idempotency-Key": _read_key,
}
