"""The whole REST contract on the running system: nobody has to guess what became of a write."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx

from tests.support.cars import representation
from tests.support.pipeline import Pipeline
from tools.local.client import accepted_by

WAIT = {"Prefer": "wait=20"}


def write(pipeline: Pipeline, method: str, path: str, body: object = None, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return pipeline.client.request(method, path, body, WAIT | named)


def test_the_life_of_a_car_with_answers_that_wait(pipeline: Pipeline) -> None:
    created = write(pipeline, "POST", "/cars", representation())
    path = str(created.url.join(created.headers["location"]))
    assert (created.status_code, created.headers["etag"]) == (201, '"1"')
    assert created.headers["preference-applied"] == "wait=20"
    patched = write(pipeline, "PATCH", path, {"color": "red"}, If_Match='"1"')
    assert (patched.status_code, patched.json()["color"], patched.headers["etag"]) == (200, "red", '"2"')
    stale = write(pipeline, "PATCH", path, {"color": "blue"}, If_Match='"1"')
    assert (stale.status_code, stale.json()["type"]) == (412, "urn:cars:problem:version-conflict")
    refused = write(pipeline, "PUT", path, representation(color="red", mileage=1))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (409, "/mileage")
    unchanged = write(pipeline, "PUT", path, representation(color="red"))
    assert (unchanged.status_code, unchanged.headers["etag"]) == (200, '"2"')
    gone = write(pipeline, "DELETE", path)
    assert (gone.status_code, gone.content) == (204, b"")
    assert write(pipeline, "PATCH", path, {"color": "blue"}).json()["type"] == "urn:cars:problem:car-deleted"


def test_a_merge_patch_is_known_by_its_media_type(pipeline: Pipeline) -> None:
    created = write(pipeline, "POST", "/cars", representation())
    answer = httpx.patch(
        created.url.join(created.headers["location"]),
        content=b'{"condition":"poor"}',
        headers={"content-type": "application/merge-patch+json", **WAIT},
        timeout=30,
    )
    assert answer.json()["condition"] == "poor"


def test_requests_with_one_key_are_one_request(pipeline: Pipeline) -> None:
    key = str(uuid4())

    def post(_: int) -> dict[str, str]:
        headers = {"Idempotency-Key": key}
        return accepted_by(pipeline.client.request("POST", "/cars", representation(), headers).raise_for_status())

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(post, range(8)))
    assert answers == [answers[0]] * 8
    assert pipeline.client.outcome(answers[0])["status"] == "succeeded"
    assert pipeline.event_types(answers[0]["carId"]) == ["Created"]
    another = pipeline.client.request("POST", "/cars", representation(color="red"), {"Idempotency-Key": key})
    assert (another.status_code, another.json()["type"]) == (422, "urn:cars:problem:idempotency-key-reused")


def test_a_function_that_dies_between_storing_and_sending_loses_nothing(pipeline: Pipeline) -> None:
    """Without the queue's address the function keeps the ticket, and cannot send."""
    car, headers = pipeline.create(), {"Idempotency-Key": str(uuid4())}
    with pipeline.variable("CommandApi", "CarCommandsQueue", "http://127.0.0.1/000000000000/nowhere.fifo"):
        lost = pipeline.client.request("PATCH", f"/cars/{car}", {"color": "red"}, headers)
    assert (lost.status_code, lost.headers["retry-after"]) == (503, "2")
    again = pipeline.client.request("PATCH", f"/cars/{car}", {"color": "red"}, headers | WAIT)
    assert (again.status_code, again.json()["color"]) == (200, "red")
    assert pipeline.event_types(car) == ["Created", "ColorChanged"]


def test_the_past_can_be_read(pipeline: Pipeline) -> None:
    car = pipeline.create()
    pipeline.put(car, color="red", mileage=15_000)
    first, *_ = pipeline.commits(car)
    path = f"/cars/{car}"
    assert pipeline.client.request("GET", f"{path}?version=1").json()["color"] == "black"
    inside = pipeline.client.request("GET", f"{path}?version=2").json()
    assert (inside["color"], inside["mileage"]) == ("red", 14_320)
    then = pipeline.client.request("GET", f"{path}?at={first['occurredAt']['S']}").json()
    assert then["color"] == "black"
    assert pipeline.client.request("GET", f"{path}?at=2020-01-01T00:00:00Z").status_code == 404
