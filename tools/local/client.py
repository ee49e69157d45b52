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
        """Send a request to a path of the API, or to an address; `body` is sent as JSON, unless it is None."""
        url = self.api_url + path if path.startswith("/") else path
        return self.http.request(method, url, headers=dict(headers or {}), auth=self.auth, json=body)

    def accepted(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """Send a command; return its ids and its outcome's address. Raises httpx.HTTPStatusError for an error."""
        return accepted_by(self.request(method, path, body).raise_for_status())

    def outcome(self, accepted: Mapping[str, Any], seconds: float = 30) -> dict[str, Any]:
        """Wait until a command is no longer pending; return its outcome. Raises StillPending."""
        deadline = time.monotonic() + seconds
        while True:
            status = dict(self.request("GET", accepted["command"]).raise_for_status().json())
            if status["status"] != "pending":
                return status
            if time.monotonic() > deadline:
                raise StillPending(accepted["commandId"])
            time.sleep(POLL_SECONDS)


def accepted_by(answer: httpx.Response) -> dict[str, Any]:
    """Return the body of a 202, with its `command`, which is relative to the request's address, as a whole address."""
    body = dict(answer.json())
    return {**body, "command": str(answer.url.join(body["command"]))} if "command" in body else body
