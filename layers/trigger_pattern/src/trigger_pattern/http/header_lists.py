"""Header values that are lists (RFC 9110, section 5.6.1). API Gateway joins several lines of a header by commas."""

import re

TCHARS = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
QUOTED_STRING = r'"(?:[^"\\]|\\.)*"'

_OF_STRINGS = re.compile(r'(?:[^",]|"(?:[^"\\]|\\.)*(?:"|\\?\Z))+', re.DOTALL)
_OF_TAGS = re.compile(r'(?:[^",]|"[^"]*(?:"|\Z))+', re.DOTALL)


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
