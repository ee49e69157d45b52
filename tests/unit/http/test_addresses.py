"""Addresses in answers are references, and requests are matched by their route: both hold under any base path."""

from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from resources.cars import Color, ColorChanged
from tests.support.cars import CAR_ID, OWNER, car_created, representation
from tests.support.commits import commits_of
from tests.support.http import request
from tests.support.memory import log_of
from tests.support.system import System
from tests.support.view import MemoryIndex

BASES = [
    "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com",
    "http://127.0.0.1:4566/_aws/execute-api/a1b2c3d4/$default",
    "https://api.example.com/v1",
]
CAR = f"/cars/{CAR_ID}"
WRITES: list[tuple[str, str, Any]] = [
    ("POST", "/cars", representation()),
    ("PUT", CAR, representation()),
    ("PATCH", CAR, {"color": "red"}),
    ("DELETE", CAR, None),
]


def under(base: str, event: dict[str, Any]) -> dict[str, Any]:
    """Let a request come by a custom domain with the base's path, as API Gateway describes that."""
    path = urlsplit(base).path + event["rawPath"]
    http = {**event["requestContext"]["http"], "path": path}
    return {**event, "rawPath": path, "requestContext": {**event["requestContext"], "http": http}}


def reads() -> System:
    return System(log=log_of(commits_of([car_created()], [ColorChanged(Color.RED)])), index=MemoryIndex(cars=2))


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_a_command_is_found_from_the_address_of_its_request(base: str, method: str, path: str, body: Any) -> None:
    answer = System().answer(under(base, request(method, path, body=body)))
    ids = answer.body
    outcome = f"{base}/cars/{ids['carId']}/commands/{ids['commandId']}"
    assert urljoin(base + path, ids["command"]) == outcome
    assert answer.headers["Content-Location"] == ids["command"]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("prefer", ["wait=5", "respond-async"])
def test_a_new_car_is_found_from_the_address_of_its_request(base: str, prefer: str) -> None:
    answer = System().request("POST", "/cars", representation(), prefer=prefer)
    assert urljoin(f"{base}/cars", answer.headers["Location"]) == f"{base}/cars/{answer.body['carId']}"


def test_a_retry_has_the_addresses_of_the_first_request() -> None:
    system = System()
    answers = [system.request("POST", "/cars", representation(), idempotency_key="key") for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"] == f"cars/{answers[0].body['carId']}"


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(("path", "query"), [(f"{CAR}/events", "limit=1"), ("/cars", f"owner={OWNER}&limit=1")])
def test_the_next_page_is_found_from_the_address_of_the_last(base: str, path: str, query: str) -> None:
    answer = reads().answer(under(base, request("GET", path, query=query)))
    following = urlsplit(urljoin(f"{base}{path}?{query}", answer.body["next"]))
    assert f"{following.scheme}://{following.netloc}{following.path}" == base + path
    assert reads().answer(under(base, request("GET", path, query=following.query))).status == 200


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("path", [CAR, f"{CAR}/events", "/openapi.json", "/docs"])
def test_a_read_is_served_under_any_base_path(base: str, path: str) -> None:
    event = under(base, request("GET", path, headers={"accept-encoding": "gzip"}))
    assert reads().resolve(event)["statusCode"] == 200


def test_an_id_never_reaches_into_the_path_of_another_route() -> None:
    event = request("GET", CAR)
    answer = reads().answer({**event, "pathParameters": {"resource": "cars", "id": f"{CAR_ID}/events"}})
    assert (answer.status, answer.fields()) == (422, ["carId"])
