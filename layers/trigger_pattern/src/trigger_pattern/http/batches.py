"""A page of events as a batch of CloudEvents, which has each event as the topic sends it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from trigger_pattern.http.exchange import JSON, Answer, Request
from trigger_pattern.http.headers import prefers

BATCH: Final = "application/cloudevents-batch+json"


def as_preferred(request: Request, page: Answer, envelopes: Iterable[Mapping[str, Any]]) -> Answer:
    """Return a page in the form that the client prefers: as it is, or the envelopes of its events as a batch.

    A batch is an array, without a place for `next`. Its address is in `Link` then (RFC 8288).
    """
    headers = {**page.headers, "Vary": "Accept"}
    if not prefers(request.headers.get("accept", ""), BATCH, to=JSON):
        return replace(page, headers=headers)
    following = page.body.get("next") if isinstance(page.body, Mapping) else None
    link = {"Link": f'<{following}>; rel="next"'} if following else {}
    return Answer(page.status, [*envelopes], {**headers, **link}, BATCH)
