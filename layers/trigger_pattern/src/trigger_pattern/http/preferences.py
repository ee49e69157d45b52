"""Preferences: the header `Prefer` (RFC 7240)."""

import re

from trigger_pattern.http.header_lists import QUOTED_STRING, TCHARS, elements, unquoted

MAX_WAIT_SECONDS = 20

_WORD = rf"{TCHARS}|{QUOTED_STRING}"
_PAIR = rf"{TCHARS}(?:[ \t]*=[ \t]*(?:{_WORD}))?"
_PREFERENCE = re.compile(rf"({TCHARS})(?:[ \t]*=[ \t]*({_WORD}))?(?:[ \t]*;(?:[ \t]*{_PAIR})?)*", re.DOTALL)
_SECONDS = re.compile(r"[0-9]{1,9}")


def read_wait(header: str) -> int:
    """Return the seconds to wait (section 4.3), at most MAX_WAIT_SECONDS; 0 if the client prefers none.

    Of several `wait` the first counts. Preferences that are not understood are ignored, as section 2 says.
    """
    found = (_PREFERENCE.fullmatch(element) for element in elements(header))
    waits = (unquoted(preference[2] or "") for preference in found if preference and preference[1].lower() == "wait")
    first = next(waits, "")
    return min(int(first), MAX_WAIT_SECONDS) if _SECONDS.fullmatch(first) else 0
