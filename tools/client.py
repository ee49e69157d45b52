"""A client of the car registry's API, as the demo and the tests use it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

POLL_SECONDS = 0.05


class StillPending(Exception):
    """A command had no outcome in the time given."""


@dataclass
class CarClient:
    """Sends requests, through no proxy; `auth` signs them where the API wants that."""

    api_url: str
    auth: httpx.Auth | None = None
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30, trust_env=False))

    def request(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Send a request; `body` is sent as JSON, unless it is None."""
        return self.http.request(method, self.api_url + path, headers=dict(headers or {}), auth=self.auth, json=body)

    def accepted(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """Send a command; give the body of the 202. Raises httpx.HTTPStatusError for an error."""
        answer = self.request(method, path, body)
        answer.raise_for_status()
        return dict(answer.json())

    def outcome(self, accepted: Mapping[str, Any], seconds: float = 30) -> dict[str, Any]:
        """Wait until a command is no longer pending; give what became of it. Raises StillPending."""
        deadline = time.monotonic() + seconds
        while True:
            status = dict(self.request("GET", accepted["command"]).raise_for_status().json())
            if status["status"] != "pending":
                return status
            if time.monotonic() > deadline:
                raise StillPending(accepted["commandId"])
            time.sleep(POLL_SECONDS)
