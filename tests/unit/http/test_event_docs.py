"""`/asyncapi.yaml` and `/schemas`: what the API serves to those who receive events."""

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from examples.accounts.accounts import ACCOUNTS
from resources.cars import CARS
from tests.support.cars import CAR_ID, car_created
from tests.support.commits import commits_of, published
from tests.support.http import request
from tests.support.memory import MemoryLog
from tests.support.system import DESCRIPTION, System
from tools.contract.publishing import FOLDER
from trigger_pattern.application.cloud_event import cloud_event
from trigger_pattern.definition.schemas import event_schema

NEVER_PUBLISHED = Path("nowhere")


def get(path: str, system: System | None = None, accept_encoding: str = "") -> dict[str, Any]:
    return (system or System()).resolve(request("GET", path, headers={"accept-encoding": accept_encoding}))


@pytest.mark.parametrize("file", sorted(FOLDER.glob("cars/*.json")), ids=lambda file: file.name)
def test_every_published_schema_is_served_at_the_path_that_its_uri_ends_with(file: Path) -> None:
    uri = json.loads(file.read_text())["$id"]
    answer = get("/" + uri.split(":", 2)[2])
    assert (answer["statusCode"], answer["headers"]["Content-Type"]) == (200, "application/schema+json")
    assert answer["body"] == file.read_text()


def test_an_events_dataschema_leads_to_its_schema() -> None:
    [event] = published(*commits_of([car_created()]))
    path = "/" + cloud_event(CARS, event, "tag:example.com,2026:test")["dataschema"].split(":", 2)[2]
    assert json.loads(get(path)["body"])["title"] == event.event["type"]


@pytest.mark.parametrize("event", ACCOUNTS.events)
def test_a_schema_that_was_never_published_is_served_as_the_code_writes_it(event: str) -> None:
    system = System(ACCOUNTS, log=MemoryLog(resource=ACCOUNTS), schemas=NEVER_PUBLISHED)
    assert json.loads(get(f"/schemas/accounts/{event}/1", system)["body"]) == event_schema(ACCOUNTS, event)


@pytest.mark.parametrize(
    "path",
    ["/schemas/cars/Created/2", "/schemas/cars/Created/0", "/schemas/cars/Created/01", "/schemas/cars/Created/x",
     "/schemas/cars/Repainted/1", "/schemas/cars/created/1", "/schemas/trucks/Created/1", "/schemas/cars/Created",
     "/schemas/cars/*/1", "/schemas/cars/..%2Fcars%2FCreated/1"],
)  # fmt: skip
@pytest.mark.parametrize("folder", [FOLDER / "cars", NEVER_PUBLISHED], ids=["published", "not published"])
def test_there_is_no_other_schema(path: str, folder: Path) -> None:
    answer = get(path, System(schemas=folder))
    assert (answer["statusCode"], json.loads(answer["body"])["type"]) == (404, "urn:cars:problem:not-found")


def test_no_path_leads_out_of_the_folder() -> None:
    event = request("GET", "/schemas/cars/Created/1")
    event["pathParameters"]["event"] = "../cars/Created"
    assert System().resolve(event)["statusCode"] == 404


def test_the_events_description_is_served() -> None:
    answer = get("/asyncapi.yaml")
    assert (answer["statusCode"], answer["headers"]["Content-Type"]) == (200, "application/vnd.aai.asyncapi+yaml")
    assert answer["body"] == DESCRIPTION.with_name("asyncapi.yaml").read_text(encoding="utf-8")


def test_a_project_without_it_has_none_to_serve(tmp_path: Path) -> None:
    assert get("/asyncapi.yaml", System(description=tmp_path / "openapi.json"))["statusCode"] == 404


@pytest.mark.parametrize("path", ["/asyncapi.yaml", "/schemas/cars/Created/1"])
def test_both_are_compressed_for_those_who_can_read_that(path: str) -> None:
    answer = get(path, accept_encoding="gzip")
    assert (answer["headers"]["Content-Encoding"], answer["headers"]["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(base64.b64decode(answer["body"])).decode() == get(path)["body"]


@pytest.mark.parametrize("path", ["/asyncapi.yaml", "/schemas/cars/Created/1"])
def test_both_are_read_only(path: str) -> None:
    answer = System().resolve(request("POST", path))
    assert (answer["statusCode"], answer["headers"]["Allow"]) == (405, "GET, HEAD")


def test_a_car_is_still_found_beside_the_schemas() -> None:
    [created] = commits_of([car_created()])
    system = System(log=MemoryLog())
    system.log.commits[CAR_ID] = [created]
    assert get(f"/cars/{CAR_ID}", system)["statusCode"] == 200
