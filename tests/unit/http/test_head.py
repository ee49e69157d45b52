"""HEAD is GET without a body (RFC 9110, section 9.3.2)."""

from typing import Any

import pytest

from tests.support.cars import CAR_ID, OWNER, car_created
from tests.support.commits import another_car, commits_of
from tests.support.http import request
from tests.support.memory import log_of
from tests.support.system import System
from tests.support.view import MemoryIndex
from trigger_pattern.http.routes import ROUTES

CAR = f"/cars/{CAR_ID}"


def answer(method: str, path: str, **options: Any) -> dict[str, Any]:
    system = System(log=log_of(commits_of([car_created()])), index=MemoryIndex(cars=2))
    return system.resolve(request(method, path, **options))


@pytest.mark.parametrize(
    ("path", "options", "status"),
    [
        (CAR, {}, 200),
        (CAR, {"headers": {"If-None-Match": '"1"'}}, 304),
        (CAR, {"headers": {"If-Match": '"7"'}}, 412),
        (CAR, {"query": "version=9"}, 404),
        (f"/cars/{another_car(1)}", {}, 404),
        ("/cars/x", {}, 422),
        (f"{CAR}/events", {}, 200),
        (f"{CAR}/commands/{CAR_ID}", {}, 404),
        ("/cars", {"query": f"owner={OWNER}"}, 200),
        ("/cars", {}, 422),
        (CAR, {"query": "x=1"}, 422),
        (f"{CAR}/events", {"query": "x=1"}, 422),
        ("/cars", {"query": f"owner={OWNER}&x=1"}, 422),
        ("/openapi.json", {}, 200),
        ("/docs", {"headers": {"accept-encoding": "gzip"}}, 200),
        ("/nowhere", {}, 404),
    ],
)
def test_head_is_answered_as_get_without_the_body(path: str, options: dict[str, Any], status: int) -> None:
    got, head = answer("GET", path, **options), answer("HEAD", path, **options)
    assert (head["statusCode"], head["headers"]) == (got["statusCode"], got["headers"])
    assert (head["statusCode"], head["body"], head["isBase64Encoded"]) == (status, "", False)


def test_every_path_that_has_get_has_head() -> None:
    assert [path for path, methods in ROUTES.items() if ("GET" in methods) != ("HEAD" in methods)] == []
