"""Reading a car's log over HTTP: signed, page by page, and again where the registry is busy."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import boto3
import pytest

from mileage.registry import BATCH, PAGE, Registry, RegistryFailed
from tests.examples.mileage_world import CAR, created, deleted, driven_to, message, story

LIFE = story(created(), driven_to(120), deleted())
Answer = tuple[int, dict[str, str], Any]
"""A status, headers and a body."""
Request = tuple[str, dict[str, str]]
"""A path and headers."""
LOG = f"/stage/cars/{CAR}/events"


def page(*versions: int, following: int = 0, media_type: str = BATCH) -> Answer:
    link = {"Link": f'<?after={following}&limit=2>; rel="next"'} if following else {}
    body = [json.loads(message(LIFE[version - 1])) for version in versions]
    return 200, {"Content-Type": media_type, **link}, body


def test_pages_are_followed_to_the_end() -> None:
    with api(page(1, 2, following=2), page(3)) as (registry, requests):
        assert [event for events in registry.pages_after(CAR, 0) for event in events] == LIFE
    assert [path for path, _ in requests] == [f"{LOG}?after=0&limit={PAGE}", f"{LOG}?after=2&limit=2"]


def test_requests_are_signed_for_api_gateway() -> None:
    with api(page()) as (registry, requests):
        assert list(registry.pages_after(CAR, 3)) == [[]]
    headers = requests[0][1]
    assert headers["Accept"] == BATCH
    assert headers["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=an-id/")
    assert "/eu-central-1/execute-api/aws4_request" in headers["Authorization"]
    assert headers["X-Amz-Security-Token"] == "a-token"


def test_a_busy_registry_is_asked_again() -> None:
    with api((503, {}, {}), (429, {}, {}), page(1)) as (registry, requests):
        assert list(registry.pages_after(CAR, 0)) == [LIFE[:1]]
    assert len(requests) == 3


@pytest.mark.parametrize(("status", "times"), [(403, 1), (404, 1), (302, 1), (503, 3)])
def test_a_registry_that_gives_no_events_is_a_failure(status: int, times: int) -> None:
    refusal: Answer = (status, {}, {})
    with api(*[refusal] * times) as (registry, requests), pytest.raises(RegistryFailed, match=str(status)):
        list(registry.pages_after(CAR, 0))
    assert len(requests) == times


def test_a_registry_that_does_not_know_the_topics_envelope_is_a_failure() -> None:
    with api(page(1, media_type="application/json")) as (registry, _), pytest.raises(RegistryFailed, match="json"):
        list(registry.pages_after(CAR, 0))


@contextmanager
def api(*answers: Answer) -> Generator[tuple[Registry, list[Request]]]:
    """Serve these answers, one after the other; return a registry to ask, and the requests that came."""
    requests: list[Request] = []
    left = iter(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append((self.path, dict(self.headers.items())))
            status, headers, body = next(left)
            self.send_response(status)
            for name, value in {"Location": "/elsewhere", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - its name there
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        session = boto3.Session("an-id", "a-key", "a-token", region_name="eu-central-1")
        yield Registry(f"http://127.0.0.1:{server.server_port}/stage", session), requests
        server.shutdown()
