"""Entity tags (RFC 9110, section 8.8): a car's tag is its version."""

import re


def entity_tag(version: int) -> str:
    """Write a version as a strong tag."""
    return f'"{version}"'


def none_match(header: str, version: int) -> bool:
    """Evaluate `If-None-Match` (section 13.1.2), with the weak comparison; a malformed header matches nothing."""
    tags = re.findall(r'(?:W/)?("[^"]*")', header)
    return header.strip() != "*" and entity_tag(version) not in tags
