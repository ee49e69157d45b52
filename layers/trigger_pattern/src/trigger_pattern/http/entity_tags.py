"""Entity tags (RFC 9110, section 8.8): the tag is the version."""

import re
from dataclasses import dataclass

from trigger_pattern.http.header_lists import tag_elements

_TAG = re.compile(r'(W/)?("[!#-~\x80-\uffff]*")')
_VERSION = re.compile(r'"([1-9][0-9]{0,9})"')


@dataclass(frozen=True)
class EntityTags:
    """The strong and weak tags of a condition; `any` if it is `*`."""

    strong: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    any: bool = False

    def match_strongly(self, version: int) -> bool:
        """Return whether the version's tag is among them, by the strong comparison (section 8.8.3.2)."""
        return self.any or entity_tag(version) in self.strong

    def match_weakly(self, version: int) -> bool:
        """Return whether the version's tag is among them, by the weak comparison."""
        return self.any or entity_tag(version) in self.strong | self.weak

    def versions(self) -> frozenset[int]:
        """Return the versions of the strong tags."""
        return frozenset(int(found[1]) for tag in self.strong if (found := _VERSION.fullmatch(tag)))


def entity_tag(version: int) -> str:
    """Return a version as a strong tag."""
    return f'"{version}"'


def read_tags(header: str) -> EntityTags | None:
    """Return the tags of an `If-Match` or `If-None-Match`: `*`, or a list of tags. None if it is malformed."""
    if header.strip() == "*":
        return EntityTags(any=True)
    tags = [_TAG.fullmatch(element) for element in tag_elements(header)]
    found = [(tag[1], tag[2]) for tag in tags if tag]
    if not found or len(found) < len(tags):
        return None
    return EntityTags(
        frozenset(opaque for weak, opaque in found if not weak), frozenset(opaque for weak, opaque in found if weak)
    )
