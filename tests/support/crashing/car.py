"""A car's life as a client leads it."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import uuid4

import httpx

from tests.support.crashing.lives import Document, Step
from tools.local.client import CarClient, StillPending, accepted_by

LONG = 60.0
"""Seconds for what takes some cold starts, one after the other."""


@dataclass
class Car:
    """A car's life as a client leads it, one request after the other; a request that fails is sent again."""

    client: CarClient
    steps: Sequence[Step]
    car_id: str = ""
    accepted: list[Document] = field(default_factory=list[Document])
    failures: int = 0

    def go_on(self, requests: int) -> None:
        """Send the next so many requests, without waiting for what becomes of them."""
        for step in self.steps[len(self.accepted) :][:requests]:
            path = f"/cars/{self.car_id}" if self.car_id else "/cars"
            self.accepted.append(self._send(step, path))
            self.car_id = self.accepted[-1]["carId"]

    def settle(self) -> None:
        """Wait until the last request has come to something, and so each one before it."""
        with suppress(StillPending):  # a test tells of which car
            self.client.outcome(self.accepted[-1], LONG)

    def outcomes(self) -> list[Document]:
        """Read what became of each request."""
        return [self.client.request("GET", accepted["command"]).json() for accepted in self.accepted]

    def log(self) -> list[Document]:
        """Read the car's log."""
        return list(events_after(self.client, self.car_id, 0))

    def _send(self, step: Step, path: str) -> Document:
        headers = {**step.headers, "Idempotency-Key": str(uuid4())}
        deadline = time.monotonic() + LONG
        while time.monotonic() < deadline:
            answer = self._try(step, path, headers)
            if answer.status_code == HTTPStatus.ACCEPTED:
                return accepted_by(answer)
            assert "problem" not in answer.headers.get("content-type", ""), (path, answer.text)  # our own fault
            self.failures += 1
            time.sleep(0.05)
        raise AssertionError(f"no answer to {step.method} {path}")

    def _try(self, step: Step, path: str, headers: Mapping[str, str]) -> httpx.Response:
        try:
            return self.client.request(step.method, path, step.body, headers)
        except httpx.TransportError:
            return httpx.Response(HTTPStatus.BAD_GATEWAY)


def events_after(client: CarClient, car_id: str, version: int) -> Iterator[Document]:
    """Read a car's log from the API, page by page."""
    path: str | None = f"/cars/{car_id}/events?after={version}"
    while path:
        answer = client.request("GET", path)
        page = answer.json()
        yield from page.get("events", ())  # none of a car that there never was
        path = str(answer.url.join(page["next"])) if "next" in page else None
