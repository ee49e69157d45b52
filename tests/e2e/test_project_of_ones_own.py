"""From an empty folder to a deployed resource, with the wheel alone: nothing else of this project is there."""

import re
from collections.abc import Iterator

import pytest

from tests.contract.test_no_resource_is_named import WORDS
from tests.support import tutorial
from tests.support.own_project import OwnProject
from tools import wheel
from tools.aws import emulated
from tools.deployed import deployed
from tools.local import gaps, sam
from tools.local.client import CarClient
from tools.local.emulator import emulator
from tools.local.machine import HOST
from trigger_pattern_authoring.names import named

NAMES = named("account", "accounts")
NEW = re.compile(r"^\$ .venv/bin/python (-m trigger_pattern .*)\n((?:(?!\$).*\n)+)", re.MULTILINE)
"""The command that begins the project, and what it prints."""
WAIT = {"Prefer": "wait=20"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> OwnProject:
    """Return a project that began as docs/new-resource.md shows it."""
    shown = tutorial.own_project()
    [extras] = re.findall(r"'trigger-pattern\[(.*)\]'", shown)
    [(arguments, output)] = NEW.findall(shown)
    built = wheel.build(tmp_path_factory.mktemp("dist"))
    project = OwnProject.with_wheel(tmp_path_factory.mktemp("own"), built, *extras.split(","))
    assert project.run(*arguments.split()).startswith(f"{output}\n")
    return project


@pytest.fixture(scope="module")
def client(project: OwnProject) -> Iterator[CarClient]:
    """Return a client of the project's stack, deployed with its own settings."""
    folder = project.folder
    app = sam.App(folder / "template.yaml", folder / ".aws-sam" / "build", "accounts-local", folder / "samconfig.toml")
    with emulator() as port:
        aws = emulated(f"http://{HOST}:{port}")
        sam.build_and_deploy(
            aws, {"Environment": "local", "Authorization": "NONE", "AwsEndpointUrl": aws.endpoint}, app
        )
        stack = deployed(aws, app.stack, (NAMES,))
        gaps.fill(stack)
        client = CarClient(stack.api_url)
        yield client
        client.http.close()


def test_it_is_about_its_own_resource_alone(project: OwnProject) -> None:
    files = {name: text for name, text in project.files().items() if not name.startswith(".aws-sam")}
    texts = {name: text.decode() for name, text in files.items() if name != "layers/trigger_pattern/LICENSE"}
    assert {name: WORDS.findall(text) for name, text in texts.items() if WORDS.search(text)} == {}


def test_its_tests_pass(project: OwnProject) -> None:
    assert " passed" in project.run("-m", "pytest", "-q", "-p", "no:cacheprovider")


def test_a_put_changes_what_a_post_created(client: CarClient) -> None:
    body = {"name": "Holidays", "status": "active"}
    created = client.request("POST", "/accounts", body, WAIT)
    assert (created.status_code, created.headers["etag"]) == (201, '"1"')
    address = str(created.url.join(created.headers["location"]))
    replaced = client.request("PUT", address, {"name": "Travel", "status": "suspended"}, WAIT)
    assert (replaced.status_code, replaced.headers["etag"]) == (200, '"3"')
    assert client.request("GET", address).json() == {**created.json(), "name": "Travel", "status": "suspended"}
    events = client.request("GET", f"{address}/events").json()["events"]
    assert [event["type"] for event in events] == ["Created", "NameChanged", "StatusChanged"]
    refused = client.request("PUT", address, {"name": ""})
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:accounts:problem:invalid-request")


def test_its_api_is_described(client: CarClient) -> None:
    described = client.request("GET", "/openapi.json").json()
    assert described["info"]["title"] == "Accounts"
    assert [server["url"] for server in described["servers"]] == [client.api_url]
    assert {path.split("/")[1] for path in described["paths"]} == {"accounts"}


def test_its_events_have_their_schemas_at_the_path_of_their_uris(client: CarClient) -> None:
    created = client.request("POST", "/accounts", {"name": "Loans", "status": "active"}, WAIT)
    address = str(created.url.join(created.headers["location"]))
    batch = client.request("GET", f"{address}/events", headers={"Accept": "application/cloudevents-batch+json"})
    [event] = batch.json()
    assert event["type"] == "com.example.account.Created"
    assert event["source"] == "tag:example.com,2026:accounts/accounts-local"
    schema = client.request("GET", "/" + event["dataschema"].split(":", 2)[2]).json()
    assert (schema["$id"], [*schema["properties"]]) == (event["dataschema"], ["name", "status"])
