"""Content codings: gzip, for clients that accept it (RFC 9110, section 12.5.3)."""

import base64
import gzip
import re
from dataclasses import replace
from functools import cache

from trigger_pattern.http.exchange import Answer
from trigger_pattern.http.header_lists import TCHARS, elements

_CODING = re.compile(rf"({TCHARS})(?:[ \t]*;[ \t]*[Qq]=(0(?:\.[0-9]{{0,3}})?|1(?:\.0{{0,3}})?))?")


def negotiated(answer: Answer, accept_encoding: str) -> Answer:
    """Return an answer whose body is a text, compressed if the client accepts that, with `Vary` (section 12.5.5)."""
    headers = {**answer.headers, "Vary": "Accept-Encoding"}
    if not accepts_gzip(accept_encoding):
        return replace(answer, headers=headers)
    zipped = _gzipped(str(answer.body))
    return replace(answer, headers={**headers, "Content-Encoding": "gzip"}, body=zipped, is_base64=True)


def accepts_gzip(header: str) -> bool:
    """Return whether gzip is accepted, and preferred no less than no coding. A malformed element is ignored."""
    found = (_CODING.fullmatch(element) for element in elements(header))
    weights = {coding[1].lower(): float(coding[2] or 1) for coding in found if coding}
    weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return weight > 0 and weight >= weights.get("identity", 0.0)


@cache
def _gzipped(text: str) -> str:
    """Return a text compressed and in base64, as API Gateway expects it."""
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()
