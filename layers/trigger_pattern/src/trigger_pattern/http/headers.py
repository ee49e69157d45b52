"""Headers that clients send: lists (RFC 9110, section 5.6.1), entity tags, media types, codings, `Prefer` (RFC 7240).

The tag of a representation is its version. API Gateway joins several lines of a header by commas.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MAX_WAIT_SECONDS = 20
TCHARS = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
QUOTED_STRING = r'"(?:[^"\\]|\\.)*"'

_OF_STRINGS = re.compile(r'(?:[^",]|"(?:[^"\\]|\\.)*(?:"|\\?\Z))+', re.DOTALL)
_OF_TAGS = re.compile(r'(?:[^",]|"[^"]*(?:"|\Z))+', re.DOTALL)
_TAG = re.compile(r'(W/)?("[!#-~\x80-\uffff]*")')
_VERSION = re.compile(r'"([1-9][0-9]{0,9})"')
_WORD = rf"{TCHARS}|{QUOTED_STRING}"
_PAIR = rf"{TCHARS}(?:[ \t]*=[ \t]*(?:{_WORD}))?"
_PREFERENCE = re.compile(rf"({TCHARS})(?:[ \t]*=[ \t]*({_WORD}))?(?:[ \t]*;(?:[ \t]*{_PAIR})?)*", re.DOTALL)
_WEIGHT = r"[Qq]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)"
_RANGE = re.compile(rf"({TCHARS}/{TCHARS})(?:[ \t]*;(?:[ \t]*(?:{_WEIGHT}|(?![Qq][ \t]*=){_PAIR}))?)*", re.DOTALL)
_CODING = re.compile(rf"({TCHARS})(?:[ \t]*;[ \t]*[Qq]=(0(?:\.[0-9]{{0,3}})?|1(?:\.0{{0,3}})?))?")
_SECONDS = re.compile(r"[0-9]{1,9}")


def elements(header: str) -> list[str]:
    """Return a list's elements without the empty ones. A comma in a quoted string separates nothing."""
    return _stripped(_OF_STRINGS.findall(header))


def tag_elements(header: str) -> list[str]:
    """Return a list of entity tags, in which a backslash is a character like any other (section 8.8.3)."""
    return _stripped(_OF_TAGS.findall(header))


def unquoted(word: str) -> str:
    """Return the value of a token or a quoted string (section 5.6.4)."""
    return re.sub(r"\\(.)", r"\1", word[1:-1], flags=re.DOTALL) if word.startswith('"') else word


def _stripped(found: list[str]) -> list[str]:
    return [element for text in found if (element := text.strip(" \t"))]


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


def read_wait(header: str) -> int:
    """Return the seconds to wait (RFC 7240, section 4.3), at most MAX_WAIT_SECONDS; 0 if the client prefers none.

    Of several `wait` the first counts. Preferences that are not understood are ignored, as section 2 says.
    """
    found = (_PREFERENCE.fullmatch(element) for element in elements(header))
    waits = (unquoted(preference[2] or "") for preference in found if preference and preference[1].lower() == "wait")
    first = next(waits, "")
    return min(int(first), MAX_WAIT_SECONDS) if _SECONDS.fullmatch(first) else 0


def prefers(header: str, media_type: str, to: str) -> bool:
    """Return whether a client with this `Accept` prefers one media type to another (RFC 9110, section 12.5.1).

    Of two types with the same weight, it prefers the one that it names more exactly. Parameters of types are ignored,
    and so is a malformed element.
    """
    found = (_RANGE.fullmatch(element) for element in elements(header))
    weights = {media[1].lower(): float(media[2] or 1) for media in found if media}
    wanted = _weight(weights, media_type)
    return wanted[0] > 0 and wanted > _weight(weights, to)


def _weight(weights: Mapping[str, float], media_type: str) -> tuple[float, int]:
    """Return a media type's weight, and how exactly it is named: by itself, by its kind, or as any."""
    ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    return next(((weights[name], -i) for i, name in enumerate(ranges) if name in weights), (0, 0))


def accepts_gzip(header: str) -> bool:
    """Return whether gzip is accepted, and preferred no less than no coding (RFC 9110, section 12.5.3).

    A malformed element is ignored.
    """
    found = (_CODING.fullmatch(element) for element in elements(header))
    weights = {coding[1].lower(): float(coding[2] or 1) for coding in found if coding}
    weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return weight > 0 and weight >= weights.get("identity", 0.0)
