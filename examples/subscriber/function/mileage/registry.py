"""The car registry's API, for the events that did not arrive."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote, urljoin

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import NoCredentialsError
from urllib3 import PoolManager
from urllib3.util import Retry, Timeout

from mileage.events import CarEvent, CarId, read_envelope

PAGE = 50
"""Events a page, and so a transaction: they concern 51 owners at most, and a transaction has up to 100 parts."""

BATCH = "application/cloudevents-batch+json"
"""The form of the log that has the envelopes of the topic, so that one parser reads both."""

_NEXT = re.compile(r'<([^>]*)>; *rel="next"')
_TIMEOUT = Timeout(connect=1, read=5)
_RETRIES = Retry(
    total=2, backoff_factor=0.2, status_forcelist=(429, 500, 502, 503, 504), raise_on_status=False,
    respect_retry_after_header=False,
)  # fmt: skip
"""Seconds: three attempts end within 20, so within the function's 30."""


class RegistryFailed(Exception):
    """The registry answered without events. The text has the address, the status and the media type."""


@dataclass(frozen=True)
class Registry:
    """Implements the port `Log`. Requests are signed (SigV4) with the session's credentials, here the function's own.

    `api_url` has no slash at its end. The next page's address, in `Link`, is relative to the page's own.
    """

    api_url: str
    session: boto3.Session
    http: PoolManager = field(default_factory=lambda: PoolManager(timeout=_TIMEOUT, retries=_RETRIES))

    def pages_after(self, car_id: CarId, version: int) -> Iterator[Sequence[CarEvent]]:
        """Read a car's log after a version. Raises RegistryFailed, NotAnEvent, urllib3's own errors."""
        url: str | None = f"{self.api_url}/cars/{quote(car_id, safe='')}/events?after={version}&limit={PAGE}"
        while url:
            envelopes, link = self._get(url)
            yield [read_envelope(envelope) for envelope in envelopes]
            following = _NEXT.search(link)
            url = urljoin(url, following[1]) if following else None

    def _get(self, url: str) -> tuple[list[object], str]:
        """Return a page's envelopes, and its `Link`."""
        headers = {**self._signed_headers(url), "Accept": BATCH}
        answer = self.http.request("GET", url, headers=headers, redirect=False)
        if answer.status != HTTPStatus.OK or answer.headers.get("Content-Type") != BATCH:
            raise RegistryFailed(f"GET {url}: {answer.status}, {answer.headers.get('Content-Type')}")
        return list(json.loads(answer.data)), answer.headers.get("Link", "")

    def _signed_headers(self, url: str) -> dict[str, str]:
        request, credentials = AWSRequest("GET", url), self.session.get_credentials()
        if credentials is None:
            raise NoCredentialsError
        SigV4Auth(credentials, "execute-api", self.session.region_name).add_auth(request)
        return dict(request.headers.items())
